package dev.tierway.adapter.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final long NOW = Instant.parse("1994-11-06T08:49:30Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after-ms | 250 | 250",
                "retry-after-ms | 1500.2 | 1501",
                "retry-after | 2 | 2000",
                "retry-after | 0 | 0",
                "retry-after | 0.5 | 500",
                "retry-after | Sun, 06 Nov 1994 08:49:37 GMT | 7000",
                "retry-after | Sunday, 06-Nov-94 08:49:37 GMT | 7000",
                "retry-after | Sun Nov  6 08:49:37 1994 | 7000",
                "retry-after | 3600 | 3600000",
                "retry-after | 86400 | 3600000",
                "retry-after | 99999999999999999999 | 3600000",
                "retry-after | Mon, 06 Nov 2023 08:49:37 GMT | 3600000",
            })
    void a_valid_header_is_believed_up_to_an_hour(String name, String value, long millis) {
        assertThat(RetryAfter.millis(MultiMap.caseInsensitiveMultiMap().add(name, value), NOW))
                .isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "soon",
                "",
                "1e9",
                "NaN",
                "Infinity",
                "0x10",
                "+5",
                "1,5",
                "Sun, 06 Nov 1994 08:49:00 GMT",
                "Sun, 99 Nov 1994 08:49:37 GMT",
                "9999999999999999999999999999999999999999",
            })
    void negative_past_and_garbage_count_as_absent(String value) {
        assertThat(RetryAfter.millis(MultiMap.caseInsensitiveMultiMap().add("retry-after", value), NOW))
                .isNull();
    }

    @Test
    void of_several_the_first_valid_one_counts() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Retry-After", "soon")
                .add("retry-after", "3")
                .add("retry-after", "9");
        assertThat(RetryAfter.millis(headers, NOW)).isEqualTo(3000);
    }

    @Test
    void milliseconds_are_preferred_to_seconds() {
        MultiMap headers =
                MultiMap.caseInsensitiveMultiMap().add("retry-after", "3").add("retry-after-ms", "2900");
        assertThat(RetryAfter.millis(headers, NOW)).isEqualTo(2900);
    }

    @Test
    void the_reset_of_the_limit_that_is_used_up_counts() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("x-ratelimit-remaining-requests", "12")
                .add("x-ratelimit-reset-requests", "20ms")
                .add("x-ratelimit-remaining-tokens", "0")
                .add("x-ratelimit-reset-tokens", "6m0s");
        assertThat(RetryAfter.millis(headers, NOW)).isEqualTo(360_000);
    }

    @Test
    void a_reset_that_binds_nobody_says_nothing() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("x-ratelimit-remaining-tokens", "5")
                .add("x-ratelimit-reset-tokens", "6m0s");
        assertThat(RetryAfter.millis(headers, NOW)).isNull();
    }

    @Test
    void a_date_is_compared_with_the_replys_own() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("date", "Sun, 06 Nov 1994 08:59:30 GMT")
                .add("retry-after", "Sun, 06 Nov 1994 08:59:37 GMT");
        assertThat(RetryAfter.millis(headers, NOW)).isEqualTo(7000);
    }
}
