package dev.tierway.adapter.persistence.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void numbers_grow_also_within_a_millisecond_and_when_the_clock_steps_back() {
        TimeOrderedIds ids = new TimeOrderedIds(clock, 0, 0);
        long last = 0;
        for (int n = 0; n < 10_000; n++) {
            long next = ids.next();
            assertThat(next).isGreaterThan(last);
            last = next;
            if (n % 1000 == 0) {
                clock.stepWall(Duration.ofSeconds(-1));
            }
        }
    }

    @Test
    void a_later_writer_goes_on_above_what_is_there() {
        long there = new TimeOrderedIds(clock, 0, 1).next();
        clock.stepWall(Duration.ofDays(-1));

        assertThat(new TimeOrderedIds(clock, there, 2).next()).isGreaterThan(there);
    }

    @Test
    void writers_at_the_same_time_give_different_numbers() {
        assertThat(new TimeOrderedIds(clock, 0, 7).next()).isNotEqualTo(new TimeOrderedIds(clock, 0, 8).next());
    }

    @Test
    void numbers_of_two_writers_are_in_the_order_of_time() {
        long first = new TimeOrderedIds(clock, 0, 1000).next();
        clock.advance(Duration.ofMillis(1));

        assertThat(new TimeOrderedIds(clock, 0, 3).next()).isGreaterThan(first);
    }
}
