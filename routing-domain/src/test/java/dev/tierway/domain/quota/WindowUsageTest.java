package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowUsageTest {
    private static final Limit LIMIT = Period.DAY.limit(100);
    private static final QuotaTime NOON =
            QuotaTime.utc(0, Instant.parse("2026-11-18T12:00:00Z").toEpochMilli());
    private static final QuotaTime TOMORROW =
            QuotaTime.utc(0, Instant.parse("2026-11-19T00:00:00Z").toEpochMilli());
    private static final WindowUsage EMPTY = WindowUsage.NONE.at(LIMIT, NOON);

    @Test
    void what_was_spent_is_denied_until_the_window_ends() {
        WindowUsage spent = EMPTY.plus(80).settled(hold(EMPTY.plus(80), 80), 80);

        assertThat(spent.waitNanos(LIMIT, 20)).isZero();
        assertThat(spent.waitNanos(LIMIT, 21)).isEqualTo(Duration.ofHours(12).toNanos());
        assertThat(spent.available(LIMIT)).isEqualTo(20);
        assertThat(spent.at(LIMIT, TOMORROW).waitNanos(LIMIT, 100)).isZero();
    }

    @Test
    void a_denial_caused_by_open_reservations_alone_is_worth_retrying_soon() {
        WindowUsage reserved = EMPTY.plus(80);

        assertThat(reserved.waitNanos(LIMIT, 21)).isEqualTo(Usage.SOON_NANOS);
    }

    @Test
    void more_than_the_budget_can_never_be_granted() {
        assertThat(EMPTY.waitNanos(LIMIT, 101)).isEqualTo(Usage.NEVER);
    }

    @Test
    void a_total_that_is_spent_is_denied_for_ever() {
        Limit total = Period.TOTAL.limit(100);
        WindowUsage held = WindowUsage.NONE.at(total, NOON).plus(100);
        WindowUsage spent = held.settled(hold(held, 100), 100);

        assertThat(spent.at(total, TOMORROW).waitNanos(total, 1)).isEqualTo(Usage.NEVER);
    }

    @Test
    void what_costs_nothing_is_never_denied() {
        WindowUsage held = EMPTY.plus(100);

        assertThat(held.settled(hold(held, 100), 150).waitNanos(LIMIT, 0)).isZero();
    }

    @Test
    void a_call_counts_in_the_window_it_was_reserved_in() {
        WindowUsage held = EMPTY.plus(80);
        WindowUsage next = held.at(LIMIT, TOMORROW).plus(30);

        assertThat(next.settled(hold(held, 80), 90)).isEqualTo(next);
    }

    @Test
    void a_wall_clock_that_steps_back_reopens_no_window() {
        WindowUsage tomorrow = EMPTY.at(LIMIT, TOMORROW).plus(60);

        assertThat(tomorrow.at(LIMIT, NOON)).isEqualTo(tomorrow);
    }

    private static Hold hold(WindowUsage after, long amount) {
        return new Hold(new Descriptor("budget:a", Side.CALLER, LIMIT), amount, after.mark());
    }
}
