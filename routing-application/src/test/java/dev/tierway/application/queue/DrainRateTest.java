package dev.tierway.application.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final DrainRate rate = new DrainRate();

    private long take(int count, long everyNanos, long from) {
        long now = from;
        for (int i = 0; i < count; i++) {
            now += everyNanos;
            rate.took(now);
        }
        return now;
    }

    @Test
    void nobody_knows_before_a_few_have_gone() {
        rate.begin(0);
        take(2, SECOND, 0);

        assertThat(rate.perSecond(2 * SECOND)).isNull();
    }

    @Test
    void a_steady_drain_is_seen_as_it_is_soon_and_late() {
        rate.begin(0);
        long now = take(20, SECOND / 10, 0);
        assertThat(Objects.requireNonNull(rate.perSecond(now))).isCloseTo(10, within(1.0));
        now = take(500, SECOND / 10, now);
        assertThat(Objects.requireNonNull(rate.perSecond(now))).isCloseTo(10, within(0.5));
    }

    @Test
    void a_drain_that_stops_is_soon_forgotten() {
        rate.begin(0);
        long now = take(100, SECOND / 10, 0);

        assertThat(Objects.requireNonNull(rate.perSecond(now + 60 * SECOND))).isLessThan(0.1);
    }

    @Test
    void time_in_which_nobody_waited_says_nothing() {
        rate.begin(0);
        long now = take(50, SECOND / 10, 0);
        rate.end(now);
        rate.begin(now + 3600 * SECOND);

        assertThat(Objects.requireNonNull(rate.perSecond(now + 3600 * SECOND))).isCloseTo(10, within(1.0));
    }
}
