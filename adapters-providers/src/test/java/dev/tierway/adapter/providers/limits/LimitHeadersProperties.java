package dev.tierway.adapter.providers.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.http.RetryAfter;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Whatever a vendor sends: nothing throws, nothing negative comes out, and unknown stays unknown. */
class LimitHeadersProperties {
    private static final List<String> NAMES = List.of(
            "date",
            "retry-after",
            "retry-after-ms",
            "ratelimit",
            "ratelimit-policy",
            "ratelimit-limit",
            "ratelimit-remaining",
            "ratelimit-reset",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "X-RateLimit-Reset",
            "x-ratelimit-limit-requests",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests",
            "x-ratelimit-limit-tokens-per-day",
            "x-ratelimit-remaining-tokens-per-day",
            "x-ratelimit-reset-tokens-per-day",
            "x-ratelimit-remaining-req-minute",
            "x-ratelimit-remaining-project-tokens",
            "anthropic-ratelimit-output-tokens-limit",
            "anthropic-ratelimit-output-tokens-remaining",
            "Anthropic-RateLimit-Output-Tokens-Reset");
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "-0",
            "-1",
            "0",
            "00000000000000000000007",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "NaN",
            "∞",
            "٣",
            "1,2",
            "1;2",
            "\"a\";r=1;t=9999999999999999, b;r=-1",
            "\"a\";r",
            ";;;,,,",
            "limit=,remaining==,reset",
            "9999-99-99T99:99:99Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59.999999999-18:00",
            "Thu, 32 Foo 9999 99:99:99 GMT",
            "999999999h999999999h999999999h999999999h999999999h999999999h",
            "0.000000000ns",
            "\u0000\r\n");

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(HOSTILE),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.strings().withCharRange('0', '9').ofMinLength(1).ofMaxLength(30),
                Arbitraries.strings()
                        .withChars("0123456789.-+:;,=\"hmsuntTZzGMr qwpk ")
                        .ofMaxLength(80),
                Arbitraries.strings().ofMaxLength(1100));
    }

    @Provide
    Arbitrary<List<Map.Entry<String, String>>> headers() {
        return Combinators.combine(Arbitraries.of(NAMES), values())
                .as(Map::entry)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 3000)
    void no_headers_throw_and_none_gives_less_than_nothing(
            @ForAll("headers") List<Map.Entry<String, String>> headers,
            @ForAll Vendor vendor,
            @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long nowEpochMillis) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(header -> map.add(header.getKey(), header.getValue()));
        List<VendorLimit> limits = LimitHeaders.read(map, vendor, nowEpochMillis);
        for (int i = 0; i < limits.size(); i++) {
            VendorLimit limit = limits.get(i);
            assertThat(limit.remaining()).isNotNegative();
            assertThat(limit.limit() == null || limit.limit() > 0).isTrue();
            assertThat(limit.resetAfterNanos() == null || limit.resetAfterNanos() > 0)
                    .isTrue();
            for (VendorLimit other : limits.subList(i + 1, limits.size())) {
                assertThat(limit.sameLimitAs(other)).isFalse();
            }
        }
        Long millis = RetryAfter.millis(map, nowEpochMillis);
        assertThat(millis == null || (millis >= 0 && millis <= RetryAfter.CAP_MILLIS))
                .isTrue();
    }

    @Property(tries = 2000)
    void what_is_left_is_only_what_a_header_said(@ForAll("values") String value, @ForAll Vendor vendor) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap().add("x-ratelimit-remaining-tokens", value);
        List<VendorLimit> limits = LimitHeaders.read(map, vendor, VendorLimitsPage.NOW);
        if (value.strip().matches("[0-9]{1,18}")) {
            assertThat(limits)
                    .singleElement()
                    .extracting(VendorLimit::remaining)
                    .isEqualTo(Long.valueOf(value.strip()));
        } else {
            assertThat(limits).isEmpty();
        }
    }
}
