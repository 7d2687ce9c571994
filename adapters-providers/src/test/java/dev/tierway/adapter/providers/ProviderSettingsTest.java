package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import dev.tierway.application.port.out.ProviderTransport;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {
    private static final URI URL = URI.create("http://gpu-box:8000/v1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpu-box:8000/v1",
                "ftp://gpu-box/v1",
                "http:///v1",
                "http://user:pw@gpu-box/v1",
                "http://b/v1?key=x",
                "http://b/#x"
            })
    void a_base_url_that_cannot_work_is_refused_by_name(String url) {
        assertThatThrownBy(() -> ProviderSettings.of(Attempts.PROVIDER, "openai-compatible", URI.create(url), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'box'")
                .hasMessageContaining("base-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "HOST", "transfer-encoding", "x y", "", "x:y"})
    void headers_that_frame_the_message_are_not_for_operators(String name) {
        assertThatThrownBy(() -> settings(Map.of(name, "canary"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("canary");
    }

    @Test
    void a_header_value_cannot_smuggle_another_header_in() {
        assertThatThrownBy(() -> settings(Map.of("x-a", "canary\r\nx-b: 1"), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x-a'")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void one_credential_is_enough() {
        assertThat(settings(Map.of("Authorization", "Basic x"), null).headers()).hasSize(1);
        assertThatThrownBy(() -> settings(Map.of("Authorization", "Basic x"), new Secret("k")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neither_key_nor_header_values_show() {
        assertThat(settings(Map.of("x-api-key", "canary-1"), new Secret("canary-2"))
                        .toString())
                .contains("x-api-key")
                .doesNotContain("canary");
    }

    @Test
    void only_openai_has_a_base_url_of_its_own() {
        Vertx vertx = Vertx.vertx();
        OpenAiTransportFactory factory = new OpenAiTransportFactory(vertx);
        try (ProviderTransport transport = factory.create(
                ProviderSettings.of(Attempts.PROVIDER, OpenAiTransportFactory.OPENAI, null, new Secret("k")))) {
            assertThat(transport).isNotNull();
            assertThatThrownBy(() -> factory.create(ProviderSettings.of(
                            Attempts.PROVIDER, OpenAiTransportFactory.OPENAI_COMPATIBLE, null, null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'box'")
                    .hasMessageContaining("base-url");
        } finally {
            vertx.close();
        }
    }

    private static ProviderSettings settings(Map<String, String> headers, Secret key) {
        return new ProviderSettings(
                Attempts.PROVIDER, "openai-compatible", URL, key, headers, true, 10, ConnectionSettings.DEFAULTS);
    }
}
