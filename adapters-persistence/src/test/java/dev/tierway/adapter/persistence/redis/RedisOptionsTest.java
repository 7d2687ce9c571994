package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisOptionsTest {
    @Test
    void what_may_be_shown_has_no_password() {
        RedisOptions options = new RedisOptions("rediss://user:canary@cache.example:6380/2");

        assertThat(options.where()).isEqualTo("cache.example:6380");
        assertThat(options.toString()).doesNotContain("canary").contains("{tierway:default}");
    }

    @Test
    void the_usual_port_is_assumed() {
        assertThat(new RedisOptions("redis://cache.example").where()).isEqualTo("cache.example:6379");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://canary@host:6379",
                "redis:///canary",
                "canary",
                "redis://user:can ary@host",
                "redis://user:canary@host?timeout=1s",
                "redis://user:canary@host:abc"
            })
    void any_other_address_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> new RedisOptions(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis://host:6379")
                .hasMessageNotContaining("ary")
                .hasNoCause();
    }

    @Test
    void a_prefix_stays_within_its_braces() {
        assertThatThrownBy(() -> new RedisOptions("redis://h", Duration.ofSeconds(1), "a}b"))
                .hasMessageContaining("key prefix");
        assertThatThrownBy(() -> new RedisOptions("redis://h", Duration.ZERO, "a"))
                .hasMessageContaining("timeout");
    }
}
