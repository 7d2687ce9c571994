package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The bucket's arithmetic at its edges; its laws are in {@link RateUsageProperties}. */
class RateUsageBoundariesTest {
    private static final long SECOND = 1_000_000_000;
    /** Ten a second, one every 100 ms, at most twenty at once. */
    private static final Limit LIMIT = new Limit(Dimension.TOKENS, 10, Duration.ofSeconds(1), 20);
    /** Three a second: a unit's time isn't a whole number of nanoseconds. */
    private static final Limit THREE = new Limit(Dimension.TOKENS, 3, Duration.ofSeconds(1), 3);

    private final RateUsage empty = RateUsage.NONE.at(LIMIT, at(1000));

    @Test
    void an_empty_bucket_only_remembers_the_time() {
        assertThat(empty).isEqualTo(new RateUsage(0, 0, 0, 1000));
        assertThat(empty.at(LIMIT, at(5000))).isEqualTo(new RateUsage(0, 0, 0, 5000));
        assertThat(RateUsage.NONE.at(LIMIT, at(-5))).isEqualTo(new RateUsage(0, 0, 0, -5));
    }

    @Test
    void what_was_taken_before_any_time_was_known_has_long_leaked() {
        assertThat(RateUsage.NONE.plus(5).at(LIMIT, at(7))).isEqualTo(new RateUsage(0, 0, 5, 7));
    }

    @Test
    void leaks_whole_units_and_carries_the_fraction() {
        RateUsage two = RateUsage.NONE.at(THREE, at(0)).plus(2);

        // After 0.4 s 1.2 units have leaked: one, and 0.2 of the next, in parts of a window's nanoseconds.
        assertThat(two.at(THREE, at(400_000_000))).isEqualTo(new RateUsage(1, 200_000_000, 1, 400_000_000));
        assertThat(two.at(THREE, at(400_000_000)).at(THREE, at(600_000_000)))
                .isEqualTo(new RateUsage(1, 800_000_000, 1, 600_000_000));
        assertThat(two.at(THREE, at(666_666_666))).isEqualTo(new RateUsage(1, 999_999_998, 1, 666_666_666));
        assertThat(two.at(THREE, at(666_666_667))).isEqualTo(new RateUsage(0, 0, 2, 666_666_667));
    }

    @Test
    void is_empty_when_exactly_all_of_it_has_leaked_and_not_before() {
        RateUsage ten = empty.plus(10);

        assertThat(ten.at(LIMIT, at(1000 + SECOND - 1))).isEqualTo(new RateUsage(1, SECOND - 10, 9, 1000 + SECOND - 1));
        assertThat(ten.at(LIMIT, at(1000 + SECOND))).isEqualTo(new RateUsage(0, 0, 10, 1000 + SECOND));
    }

    @Test
    void debt_of_more_than_a_window_is_not_forgotten_after_one() {
        RateUsage fifteen = empty.plus(15);

        assertThat(fifteen.at(LIMIT, at(1000 + SECOND))).isEqualTo(new RateUsage(5, 0, 10, 1000 + SECOND));
        assertThat(fifteen.at(LIMIT, at(1000 + SECOND + SECOND / 2)))
                .isEqualTo(new RateUsage(0, 0, 15, 1000 + SECOND + SECOND / 2));
    }

    @Test
    void a_long_silence_empties_it_however_large_the_product_would_be() {
        RateUsage used = empty.plus(20);

        assertThat(used.at(LIMIT, at(Long.MAX_VALUE))).isEqualTo(new RateUsage(0, 0, 20, Long.MAX_VALUE));
        assertThat(used.at(LIMIT, at(1000 + 3 * SECOND))).isEqualTo(new RateUsage(0, 0, 20, 1000 + 3 * SECOND));
    }

    @Test
    void the_burst_and_not_one_more_may_be_taken_at_once() {
        assertThat(empty.waitNanos(LIMIT, 3)).isZero();
        assertThat(empty.waitNanos(LIMIT, 20)).isZero();
        assertThat(empty.waitNanos(LIMIT, 21)).isEqualTo(Usage.NEVER);
        assertThat(empty.plus(5).waitNanos(LIMIT, 15)).isZero();
        assertThat(empty.plus(5).waitNanos(LIMIT, 16)).isEqualTo(SECOND / 10);
        assertThat(empty.plus(5).waitNanos(LIMIT, 17)).isEqualTo(SECOND / 5);
    }

    @Test
    void the_wait_is_rounded_up_and_shortened_by_what_has_leaked_of_the_next_unit() {
        RateUsage full = RateUsage.NONE.at(THREE, at(0)).plus(3);

        assertThat(full.waitNanos(THREE, 1)).isEqualTo(333_333_334);
        assertThat(full.at(THREE, at(100_000_000)).waitNanos(THREE, 1)).isEqualTo(233_333_334);
        assertThat(full.at(THREE, at(333_333_333)).waitNanos(THREE, 1)).isEqualTo(1);
    }

    @Test
    void nothing_is_granted_at_once_even_in_debt() {
        assertThat(empty.plus(30).waitNanos(LIMIT, 0)).isZero();
        assertThat(empty.plus(30).waitNanos(LIMIT, 1)).isEqualTo(11 * SECOND / 10);
    }

    @Test
    void what_is_left_of_the_burst_is_available_and_debt_leaves_nothing() {
        assertThat(empty.plus(5).available(LIMIT)).isEqualTo(15);
        assertThat(empty.plus(25).available(LIMIT)).isZero();
        assertThat(empty.plus(5).used()).isEqualTo(5);
    }

    @Test
    void is_at_rest_once_the_last_unit_has_leaked() {
        assertThat(empty.restNanos(LIMIT)).isZero();
        assertThat(empty.plus(5).restNanos(LIMIT)).isEqualTo(SECOND / 2);
        assertThat(RateUsage.NONE.at(THREE, at(0)).plus(1).restNanos(THREE)).isEqualTo(333_333_334);
        assertThat(RateUsage.NONE
                        .at(THREE, at(0))
                        .plus(1)
                        .at(THREE, at(100_000_000))
                        .restNanos(THREE))
                .isEqualTo(233_333_334);
    }

    @Test
    void is_at_rest_only_when_empty() {
        assertThat(empty.atRest()).isTrue();
        assertThat(empty.plus(1).atRest()).isFalse();
    }

    @Test
    void an_underestimate_is_debt_on_top() {
        RateUsage held = empty.plus(5);

        assertThat(held.settled(hold(held, 5), 5)).isEqualTo(held);
        assertThat(held.settled(hold(held, 5), 7)).isEqualTo(new RateUsage(7, 0, 0, 1000));
    }

    @Test
    void an_overestimate_is_given_back_at_once_and_counts_as_outflow() {
        RateUsage held = empty.plus(5);

        assertThat(held.settled(hold(held, 5), 2)).isEqualTo(new RateUsage(2, 0, 3, 1000));
        assertThat(held.settled(hold(held, 5), 0)).isEqualTo(new RateUsage(0, 0, 5, 1000));
    }

    @Test
    void the_fraction_leaked_stays_with_whoever_is_still_at_the_front() {
        RateUsage held = empty.plus(5).plus(4);
        RateUsage later = held.at(LIMIT, at(1000 + SECOND / 20));

        assertThat(later).isEqualTo(new RateUsage(9, SECOND / 2, 0, 1000 + SECOND / 20));
        assertThat(later.settled(hold(held, 4), 1)).isEqualTo(new RateUsage(6, SECOND / 2, 3, 1000 + SECOND / 20));
    }

    @Test
    void all_that_is_left_of_a_hold_takes_its_leaked_fraction_with_it() {
        RateUsage held = empty.plus(5);
        RateUsage later = held.at(LIMIT, at(1000 + SECOND / 20));

        assertThat(later).isEqualTo(new RateUsage(5, SECOND / 2, 0, 1000 + SECOND / 20));
        assertThat(later.settled(hold(held, 5), 0)).isEqualTo(new RateUsage(0, 0, 5, 1000 + SECOND / 20));
    }

    @Test
    void what_has_drained_is_gone_and_only_the_rest_comes_back() {
        RateUsage held = empty.plus(5);
        RateUsage later = held.at(LIMIT, at(1000 + 3 * SECOND / 10)).plus(4);

        // Three of the five have drained; the two left come back, those that came after stay.
        assertThat(later).isEqualTo(new RateUsage(6, 0, 3, 1000 + 3 * SECOND / 10));
        assertThat(later.settled(hold(held, 5), 0)).isEqualTo(new RateUsage(4, 0, 5, 1000 + 3 * SECOND / 10));
        assertThat(later.settled(hold(held, 5), 3)).isEqualTo(new RateUsage(4, 0, 5, 1000 + 3 * SECOND / 10));
        assertThat(later.settled(hold(held, 5), 4)).isEqualTo(new RateUsage(5, 0, 4, 1000 + 3 * SECOND / 10));
    }

    @Test
    void nothing_comes_back_of_what_has_drained_wholly() {
        RateUsage held = empty.plus(5);
        RateUsage later = held.at(LIMIT, at(1000 + SECOND)).plus(4).at(LIMIT, at(1000 + 21 * SECOND / 20));

        assertThat(later).isEqualTo(new RateUsage(4, SECOND / 2, 5, 1000 + 21 * SECOND / 20));
        assertThat(later.settled(hold(held, 5), 0)).isEqualTo(later);
    }

    @Test
    void a_mark_counts_everything_that_ever_came() {
        assertThat(empty.plus(5).mark()).isEqualTo(5);
        assertThat(empty.plus(5).at(LIMIT, at(1000 + SECOND / 5)).mark()).isEqualTo(5);
        assertThat(empty.plus(5).at(LIMIT, at(1000 + SECOND / 5)).plus(3).mark())
                .isEqualTo(8);
    }

    private static Hold hold(RateUsage after, long amount) {
        return new Hold(new Descriptor("domain:a", Side.DOMAIN, LIMIT), amount, after.mark());
    }

    private static QuotaTime at(long nanos) {
        return QuotaTime.utc(nanos, 0);
    }
}
