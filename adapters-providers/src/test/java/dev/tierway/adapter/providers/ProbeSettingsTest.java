package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeSettingsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(strings = {"models", "/health", "/api/tags", "v1/models", "/a.b-c_d~e/%20"})
    void plain_paths_are_taken(String path) {
        assertThat(new ProbeSettings(path, TIMEOUT).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "//host/x", "/health?key=secret", "a b", "/x#y", "/x/", "http://host/x", "/x\r\ny"})
    void everything_else_is_refused(String path) {
        assertThatThrownBy(() -> new ProbeSettings(path, TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a plain path");
    }

    @Test
    void a_probe_needs_time() {
        assertThatThrownBy(() -> new ProbeSettings(null, Duration.ZERO)).hasMessageContaining("more than 0");
    }
}
