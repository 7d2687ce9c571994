package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.quota.Dimension;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was last seen to be left of quotas, and what a request would leave of it. */
class HeadroomTest {
    private static final long NOW = 1000;
    private static final RequestShape REQUEST = new RequestShape(400, 100L, 1, Prompt.UNKNOWN);

    private static Headroom.Window window(Dimension dimension, long limit, long remaining) {
        return new Headroom.Window(dimension, Duration.ZERO, limit, remaining, NOW, 0, NOW + 1, Headroom.Source.VENDOR);
    }

    @Test
    void nothing_seen_is_unknown() {
        assertThat(Headroom.UNKNOWN.shareAfter(REQUEST, 100, NOW)).isNaN();
        assertThat(Headroom.UNKNOWN.exhausted(REQUEST, NOW)).isNull();
    }

    @Test
    void the_tightest_window_after_the_request_counts() {
        Headroom headroom = Headroom.UNKNOWN
                .with(window(Dimension.REQUESTS, 10, 5))
                .with(window(Dimension.TOKENS, 1000, 700))
                .with(window(Dimension.INPUT_TOKENS, 1000, 900))
                .with(window(Dimension.OUTPUT_TOKENS, 1000, 900))
                .with(window(Dimension.MONEY, 1000, 1));

        assertThat(headroom.shareAfter(REQUEST, 100, NOW)).isEqualTo(0.001);
        assertThat(headroom.with(window(Dimension.MONEY, 1000, 1000)).shareAfter(REQUEST, 100, NOW))
                .as("tokens: 700 - 400 - 100")
                .isEqualTo(0.2);
    }

    @Test
    void a_newer_look_replaces_an_older_one_of_its_dimension() {
        Headroom headroom =
                Headroom.UNKNOWN.with(window(Dimension.REQUESTS, 10, 1)).with(window(Dimension.REQUESTS, 10, 10));

        assertThat(headroom.windows()).hasSize(1);
        assertThat(headroom.shareAfter(REQUEST, 0, NOW)).isEqualTo(0.9);
    }

    @Test
    void what_has_expired_is_unknown_again() {
        Headroom headroom = Headroom.UNKNOWN.with(window(Dimension.REQUESTS, 10, 0));

        assertThat(headroom.exhausted(REQUEST, NOW)).isNotNull();
        assertThat(headroom.exhausted(REQUEST, NOW + 1)).isNull();
        assertThat(headroom.shareAfter(REQUEST, 0, NOW + 1)).isNaN();
    }

    @Test
    void a_window_that_certainly_has_no_room_is_exhausted() {
        assertThat(Headroom.UNKNOWN.with(window(Dimension.TOKENS, 1000, 319)).exhausted(REQUEST, NOW))
                .as("less than 80 % of the input")
                .isNotNull();
        assertThat(Headroom.UNKNOWN.with(window(Dimension.TOKENS, 1000, 320)).exhausted(REQUEST, NOW))
                .isNull();
        assertThat(Headroom.UNKNOWN
                        .with(window(Dimension.OUTPUT_TOKENS, 1000, 0))
                        .exhausted(REQUEST, NOW))
                .isNotNull();
        assertThat(Headroom.UNKNOWN.with(window(Dimension.REQUESTS, 10, 1)).exhausted(REQUEST, NOW))
                .isNull();
    }

    @Test
    void looking_without_a_request_takes_nothing() {
        Headroom headroom = Headroom.UNKNOWN.with(window(Dimension.REQUESTS, 10, 5));

        assertThat(headroom.shareAfter(RequestShape.NONE, 0, NOW)).isEqualTo(0.5);
    }

    @Test
    void a_window_whose_size_the_vendor_keeps_to_itself_refuses_but_has_no_share() {
        Headroom headroom = Headroom.UNKNOWN.with(window(Dimension.TOKENS, 0, 100));

        assertThat(headroom.shareAfter(REQUEST, 0, NOW)).isNaN();
        assertThat(headroom.exhausted(REQUEST, NOW)).isNotNull();
    }

    @Test
    void room_is_never_promised_for_a_time_that_has_come() {
        Headroom.Window refilling = new Headroom.Window(
                Dimension.REQUESTS,
                Duration.ofSeconds(1),
                3,
                0,
                NOW,
                1_000_000_000,
                Long.MAX_VALUE,
                Headroom.Source.OWN);
        Headroom headroom = Headroom.UNKNOWN.with(refilling);

        for (long now = NOW; now < NOW + 334_000_000; now += 111_111) {
            var exhausted = headroom.exhausted(REQUEST, now);
            if (exhausted != null) {
                assertThat(exhausted.untilNanos()).isGreaterThanOrEqualTo(now + 1_000_000);
            }
        }
    }

    @Test
    void limits_are_above_nothing_and_what_remains_is_within_them() {
        assertThatThrownBy(() -> window(Dimension.REQUESTS, -1, 0)).hasMessageContaining("0 or more");
        assertThat(window(Dimension.REQUESTS, 10, 99).remaining()).isEqualTo(10);
        assertThat(window(Dimension.REQUESTS, 10, -1).remaining()).isZero();
    }
}
