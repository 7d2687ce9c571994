package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.GoogleSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleDoorsTest {
    private static final GoogleSettings CLOUD = new GoogleSettings("my-project", "europe-west4", null);

    @ParameterizedTest
    @CsvSource({
        "europe-west4,https://europe-west4-aiplatform.googleapis.com/v1",
        "global,https://aiplatform.googleapis.com/v1",
        "eu,https://aiplatform.eu.rep.googleapis.com/v1",
        "us,https://aiplatform.us.rep.googleapis.com/v1",
    })
    void each_location_of_vertex_has_its_host(String location, String url) {
        assertThat(GoogleDoors.baseUrl(settings(new GoogleSettings("p", location, null))))
                .hasToString(url);
    }

    @Test
    void gemini_has_one() {
        assertThat(GoogleDoors.baseUrl(settings(null))).hasToString("https://generativelanguage.googleapis.com/v1beta");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-pro,models/gemini-2.5-pro",
        "models/gemini-2.5-pro,models/gemini-2.5-pro",
        "tunedModels/mine-1,tunedModels/mine-1",
    })
    void a_models_path_at_gemini(String model, String path) {
        assertThat(GoogleDoors.model(null, model)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-pro,projects/my-project/locations/europe-west4/publishers/google/models/gemini-2.5-pro",
        "gemini-2.0@001,projects/my-project/locations/europe-west4/publishers/google/models/gemini-2.0%40001",
        "endpoints/123,projects/my-project/locations/europe-west4/endpoints/123",
        "publishers/google/models/x,projects/my-project/locations/europe-west4/publishers/google/models/x",
        "projects/p/locations/l/endpoints/1,projects/p/locations/l/endpoints/1",
    })
    void a_models_path_at_vertex(String model, String path) {
        assertThat(GoogleDoors.model(CLOUD, model)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../secrets", "a?key=1", "a b", "a#b", "models//x", "a/..", "%2e"})
    void what_is_no_name_leads_nowhere(String model) {
        assertThatThrownBy(() -> GoogleDoors.model(CLOUD, model)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GoogleDoors.model(null, model)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-sonnet-4@20250514", "publishers/anthropic/models/claude-opus-4"})
    void anthropics_models_at_vertex_are_refused_with_a_way_out(String model) {
        assertThatThrownBy(() -> GoogleDoors.model(CLOUD, model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kind anthropic");
    }

    @Test
    void a_project_and_a_location_are_names() {
        assertThatThrownBy(() -> new GoogleSettings("my/project", "eu", null)).hasMessageContaining("google.project");
        assertThatThrownBy(() -> new GoogleSettings("p", "evil.com/", null)).hasMessageContaining("google.location");
    }

    private static ProviderSettings settings(GoogleSettings cloud) {
        return new ProviderSettings(
                        Attempts.PROVIDER,
                        cloud == null ? "gemini" : "vertex",
                        null,
                        null,
                        Map.of(),
                        true,
                        10,
                        ConnectionSettings.DEFAULTS)
                .with(cloud);
    }
}
