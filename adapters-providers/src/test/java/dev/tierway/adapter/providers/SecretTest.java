package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @Test
    void its_text_shows_only_where_it_is_asked_for() {
        Secret secret = new Secret("canary");
        assertThat(secret.reveal()).isEqualTo("canary");
        assertThat(secret.toString()).doesNotContain("canary");
        assertThat(String.format("%s", secret)).doesNotContain("canary");
    }

    @Test
    void equal_texts_are_equal_secrets() {
        assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a")).isNotEqualTo(new Secret("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "canary\n", "canary\r\nx: 1", "canaryü"})
    void what_cannot_be_a_header_is_refused_without_repeating_it(String text) {
        assertThatThrownBy(() -> new Secret(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("canary");
    }
}
