package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Limits, what counts against them, and the usages that don't leak. */
class LimitsTest {
    private static final Limit TWO_SLOTS = Limit.concurrency(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_limit_is_at_least_one() {
        assertThat(Limit.per(Dimension.TOKENS, 1, MINUTE).burst()).isEqualTo(1);
        assertThatThrownBy(() -> Limit.per(Dimension.TOKENS, 0, MINUTE)).hasMessageContaining("must be 1 or more");
        assertThatThrownBy(() -> new Limit(Dimension.TOKENS, 1, MINUTE, 0)).hasMessageContaining("must be 1 or more");
    }

    @Test
    void only_concurrency_has_no_window() {
        assertThatThrownBy(() -> Limit.per(Dimension.TOKENS, 1, Duration.ZERO))
                .hasMessageContaining("concurrency has no window, a learned limit may have one, all others must");
        assertThatThrownBy(() -> Limit.per(Dimension.CONCURRENCY, 1, MINUTE))
                .hasMessageContaining("concurrency has no window, a learned limit may have one, all others must");
        assertThatThrownBy(() -> Limit.per(Dimension.TOKENS, 1, Duration.ofSeconds(-1)))
                .hasMessageContaining("concurrency has no window, a learned limit may have one, all others must");
    }

    @Test
    void an_attempts_usage_is_counted_by_dimension() {
        Amounts amounts = Amounts.of(TokenUsage.reported(30, 12), new NanoUsd(7));

        assertThat(amounts.of(Dimension.REQUESTS)).isEqualTo(1);
        assertThat(amounts.of(Dimension.CONCURRENCY)).isEqualTo(1);
        assertThat(amounts.of(Dimension.TOKENS)).isEqualTo(42);
        assertThat(amounts.of(Dimension.INPUT_TOKENS)).isEqualTo(30);
        assertThat(amounts.of(Dimension.OUTPUT_TOKENS)).isEqualTo(12);
        assertThat(amounts.of(Dimension.MONEY)).isEqualTo(7);
    }

    @Test
    void no_amount_is_negative() {
        for (Dimension dimension : Dimension.values()) {
            if (dimension != Dimension.CONCURRENCY) {
                assertThat(Amounts.NONE.of(dimension)).isZero();
            }
        }
        assertThat(new Amounts(0, 0, 0, NanoUsd.ZERO)).isEqualTo(Amounts.NONE);
        assertThatThrownBy(() -> new Amounts(-1, 0, 0, NanoUsd.ZERO)).hasMessage("amounts must not be negative");
        assertThatThrownBy(() -> new Amounts(0, -1, 0, NanoUsd.ZERO)).hasMessage("amounts must not be negative");
        assertThatThrownBy(() -> new Amounts(0, 0, -1, NanoUsd.ZERO)).hasMessage("amounts must not be negative");
        assertThatThrownBy(() -> new Amounts(0, 0, 0, new NanoUsd(-1))).hasMessage("amounts must not be negative");
    }

    @Test
    void the_last_free_slot_is_granted_and_then_a_call_must_end_first() {
        ConcurrencyUsage one = ConcurrencyUsage.NONE.plus(1);

        assertThat(one.waitNanos(TWO_SLOTS, 1)).isZero();
        assertThat(one.plus(1).waitNanos(TWO_SLOTS, 1)).isEqualTo(Usage.SOON_NANOS);
        assertThat(one.waitNanos(TWO_SLOTS, 2)).isEqualTo(Usage.SOON_NANOS);
        assertThat(one.waitNanos(TWO_SLOTS, 3)).isEqualTo(Usage.NEVER);
    }

    @Test
    void slots_not_held_are_available_and_none_are_when_the_limit_was_lowered_below() {
        assertThat(ConcurrencyUsage.NONE.plus(1).available(TWO_SLOTS)).isEqualTo(1);
        assertThat(ConcurrencyUsage.NONE.plus(3).available(TWO_SLOTS)).isZero();
    }

    @Test
    void a_slot_comes_back_whole_whatever_was_charged() {
        ConcurrencyUsage two = ConcurrencyUsage.NONE.plus(2);
        Hold hold = new Hold(new Descriptor("domain:a", Side.DOMAIN, TWO_SLOTS), 1, two.mark());

        assertThat(two.settled(hold, 1)).isEqualTo(new ConcurrencyUsage(1));
        assertThat(ConcurrencyUsage.NONE.settled(hold, 0)).isEqualTo(ConcurrencyUsage.NONE);
    }

    @Test
    void money_over_a_calendars_window_is_counted_by_the_calendar_and_over_others_it_leaks() {
        assertThat(Usage.none(Period.DAY.limit(5))).isEqualTo(WindowUsage.NONE);
        assertThat(Usage.none(Limit.per(Dimension.MONEY, 5, MINUTE))).isEqualTo(RateUsage.NONE);
        assertThat(Usage.none(TWO_SLOTS)).isEqualTo(ConcurrencyUsage.NONE);
        assertThat(Usage.none(Limit.learned(Dimension.TOKENS))).isEqualTo(LearnedUsage.UNKNOWN);
    }

    @Test
    void a_window_that_no_calendar_has_is_a_mistake() {
        Limit odd = Limit.per(Dimension.MONEY, 5, Duration.ofMinutes(7));

        assertThatThrownBy(() -> WindowUsage.NONE.at(odd, QuotaTime.utc(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a limit on " + Dimension.MONEY.id() + " per PT7M has no calendar window");
    }

    @Test
    void what_stays_when_open_reservations_end_decides_whether_to_ask_again_soon() {
        Limit day = Period.DAY.limit(100);
        long noon = Instant.parse("2026-11-18T12:00:00Z").toEpochMilli();
        WindowUsage open =
                WindowUsage.NONE.at(day, QuotaTime.utc(0, noon)).plus(40).plus(40);
        WindowUsage half = open.settled(new Hold(new Descriptor("budget:a", Side.CALLER, day), 40, open.mark()), 40);

        assertThat(half.waitNanos(day, 60)).isEqualTo(Usage.SOON_NANOS);
        assertThat(half.waitNanos(day, 61)).isEqualTo(Duration.ofHours(12).toNanos());
    }

    @Test
    void rest_comes_with_the_windows_end_and_with_nobody_in_flight() {
        Limit day = Period.DAY.limit(100);

        assertThat(ConcurrencyUsage.NONE.restNanos(TWO_SLOTS)).isZero();
        assertThat(ConcurrencyUsage.NONE.plus(1).restNanos(TWO_SLOTS)).isEqualTo(Usage.NEVER);
        assertThat(new WindowUsage(0, 50, 0, 0, 20).restNanos(day)).isZero();
        assertThat(new WindowUsage(0, 50, 1, 0, 20).restNanos(day)).isEqualTo(30_000_000);
    }

    @Test
    void what_is_left_says_whether_more_than_the_limit_is_in_use() {
        Descriptor slots = new Descriptor("domain:a", Side.DOMAIN, TWO_SLOTS);

        assertThat(Left.of(slots, ConcurrencyUsage.NONE.plus(2))).isEqualTo(new Left(slots, 0, Usage.NEVER, false));
        assertThat(Left.of(slots, ConcurrencyUsage.NONE.plus(3))).isEqualTo(new Left(slots, 0, Usage.NEVER, true));
    }

    @Test
    void money_may_be_reserved_as_expected_and_other_dimensions_never() {
        Amounts amounts = new Amounts(1, 30, 12, new NanoUsd(90), new NanoUsd(40));

        assertThat(amounts.of(reserving(Period.DAY.limit(100), Descriptor.Reserves.EXPECTED)))
                .isEqualTo(40);
        assertThat(amounts.of(reserving(Period.DAY.limit(100), Descriptor.Reserves.WORST_CASE)))
                .isEqualTo(90);
        assertThat(amounts.of(reserving(Limit.per(Dimension.TOKENS, 9, MINUTE), Descriptor.Reserves.EXPECTED)))
                .isEqualTo(42);
        assertThatThrownBy(() -> new Amounts(0, 0, 0, NanoUsd.ZERO, new NanoUsd(-1)))
                .hasMessage("amounts must not be negative");
    }

    private static Descriptor reserving(Limit limit, Descriptor.Reserves what) {
        return new Descriptor("key:k", Side.CALLER, limit, true, what);
    }

    @Test
    void the_end_of_a_window_too_far_for_nanoseconds_is_never() {
        long farMillis = Long.MAX_VALUE / 1_000_000;
        Limit day = Period.DAY.limit(100);

        assertThat(spentUntil(farMillis).waitNanos(day, 1)).isEqualTo(farMillis * 1_000_000);
        assertThat(spentUntil(farMillis + 1).waitNanos(day, 1)).isEqualTo(Usage.NEVER);
        assertThat(spentUntil(Long.MAX_VALUE).waitNanos(day, 1)).isEqualTo(Usage.NEVER);
        assertThat(new WindowUsage(0, Long.MAX_VALUE, 100, 0, -5).waitNanos(day, 1))
                .as("before 1970, too")
                .isEqualTo(Usage.NEVER);
    }

    @Test
    void periods_are_named_as_in_the_configuration() {
        assertThat(Period.values()).extracting(Period::id).containsExactly("hour", "day", "week", "month", "total");
    }

    private static WindowUsage spentUntil(long endMillis) {
        return new WindowUsage(0, endMillis, 100, 0, 0);
    }
}
