package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RollingCountsTest {
    private static final long SECOND = 1_000_000_000L;
    /** Ten buckets of a second. */
    private static final RollingCounts EMPTY = RollingCounts.over(10 * SECOND);

    @Test
    void nothing_counted_is_nothing_at_any_time() {
        assertThat(EMPTY.first(0)).isZero();
        assertThat(EMPTY.second(Long.MAX_VALUE)).isZero();
        assertThat(EMPTY.first(-5 * SECOND)).isZero();
    }

    @Test
    void counts_for_ten_buckets_and_then_no_more() {
        RollingCounts counts = EMPTY.plus(3, 5, 0);

        assertThat(counts.first(10 * SECOND - 1)).isEqualTo(3);
        assertThat(counts.second(10 * SECOND - 1)).isEqualTo(5);
        assertThat(counts.first(10 * SECOND)).isZero();
        assertThat(counts.second(10 * SECOND)).isZero();
    }

    @Test
    void adds_up_what_happened_within_the_window() {
        RollingCounts counts = EMPTY.plus(1, 0, 0).plus(2, 1, 4 * SECOND).plus(4, 1, 9 * SECOND);

        assertThat(counts.first(9 * SECOND)).isEqualTo(7);
        assertThat(counts.first(10 * SECOND)).isEqualTo(6);
        assertThat(counts.first(14 * SECOND)).isEqualTo(4);
        assertThat(counts.second(14 * SECOND)).isEqualTo(1);
    }

    @Test
    void a_bucket_that_comes_round_again_begins_at_nothing() {
        RollingCounts counts = EMPTY.plus(1, 1, 0).plus(2, 2, 10 * SECOND);

        assertThat(counts.first(10 * SECOND)).isEqualTo(2);
        assertThat(counts.second(10 * SECOND)).isEqualTo(2);
    }

    @Test
    void a_clock_that_steps_back_counts_in_the_newest_bucket() {
        RollingCounts counts = EMPTY.plus(1, 0, 5 * SECOND).plus(1, 0, 2 * SECOND);

        assertThat(counts.first(2 * SECOND)).isEqualTo(2);
        assertThat(counts.first(14 * SECOND)).isEqualTo(2);
        assertThat(counts.first(15 * SECOND)).isZero();
    }

    @Test
    void times_before_zero_are_times_like_others() {
        RollingCounts counts = EMPTY.plus(1, 0, -1).plus(1, 0, 0);

        assertThat(counts.first(9 * SECOND - 1)).isEqualTo(2);
        assertThat(counts.first(9 * SECOND)).isEqualTo(1);
    }

    @Test
    void one_is_taken_back_of_what_is_asked_for_only() {
        RollingCounts counts = EMPTY.plus(3, 5, 0);

        assertCounts(counts.minusOne(true, false, 0), 2, 5);
        assertCounts(counts.minusOne(false, true, 0), 3, 4);
        assertCounts(counts.minusOne(true, true, 0), 2, 4);
        assertCounts(counts.minusOne(false, false, 0), 3, 5);
    }

    @Test
    void one_is_taken_back_where_it_was_counted() {
        RollingCounts counts = EMPTY.plus(1, 0, 0).plus(1, 0, 5 * SECOND).minusOne(true, false, 0);

        assertThat(counts.first(14 * SECOND)).as("that of five seconds is left").isEqualTo(1);
    }

    @Test
    void one_that_was_counted_in_a_later_bucket_is_taken_from_there() {
        RollingCounts counts =
                EMPTY.plus(1, 0, 5 * SECOND).plus(1, 0, 3 * SECOND).minusOne(true, false, 3 * SECOND);

        assertThat(counts.first(5 * SECOND)).isEqualTo(1);
        assertThat(counts.first(13 * SECOND)).as("nothing is owed").isEqualTo(1);
    }

    @Test
    void what_has_left_the_window_is_not_taken_from_others() {
        assertThat(EMPTY.plus(1, 0, 0)
                        .plus(1, 0, 10 * SECOND)
                        .minusOne(true, false, 0)
                        .first(10 * SECOND))
                .isEqualTo(1);
        assertThat(EMPTY.plus(1, 0, SECOND)
                        .plus(1, 0, 10 * SECOND)
                        .minusOne(true, false, SECOND)
                        .first(10 * SECOND))
                .isEqualTo(1);
    }

    @Test
    void nothing_is_taken_from_nothing() {
        assertCounts(EMPTY.minusOne(true, true, 0), 0, 0);
        assertCounts(EMPTY.plus(0, 1, 0).minusOne(true, false, 0), 0, 1);
    }

    @Test
    void another_window_begins_anew_and_the_same_keeps_what_was_counted() {
        RollingCounts counts = EMPTY.plus(1, 0, 0);

        assertThat(counts.resized(10 * SECOND)).isSameAs(counts);
        assertThat(counts.resized(20 * SECOND).first(0)).isZero();
        assertThat(counts.resized(20 * SECOND).plus(1, 0, 0).first(20 * SECOND - 1))
                .isEqualTo(1);
    }

    @Test
    void a_window_too_short_for_ten_buckets_has_buckets_of_a_nanosecond() {
        assertThat(RollingCounts.over(1).buckets().bucketNanos()).isEqualTo(1);
        assertThat(RollingCounts.over(19).buckets().bucketNanos()).isEqualTo(1);
        assertThat(RollingCounts.over(20).buckets().bucketNanos()).isEqualTo(2);
    }

    @Test
    void emptied_it_counts_over_the_same_window() {
        RollingCounts emptied = EMPTY.plus(1, 1, 7 * SECOND).emptied();

        assertCounts(emptied, 0, 0);
        assertThat(emptied.plus(1, 0, 0).first(10 * SECOND - 1)).isEqualTo(1);
    }

    @Test
    void what_it_holds_can_be_recorded_and_read_back() {
        RollingCounts counts = EMPTY.plus(3, 5, 0).plus(4, 6, 12 * SECOND);
        RollingCounts.Buckets recorded = counts.buckets();

        assertThat(recorded)
                .isEqualTo(new RollingCounts.Buckets(
                        SECOND, 12, List.of(0, 0, 4, 0, 0, 0, 0, 0, 0, 0), List.of(0, 0, 6, 0, 0, 0, 0, 0, 0, 0)));
        RollingCounts restored = RollingCounts.of(recorded);
        assertThat(restored.first(12 * SECOND)).isEqualTo(4);
        assertThat(restored.second(21 * SECOND)).isEqualTo(6);
        assertThat(restored.buckets()).isEqualTo(recorded);
    }

    @Test
    void nothing_is_recorded_as_no_buckets() {
        RollingCounts.Buckets recorded = EMPTY.buckets();

        assertThat(recorded).isEqualTo(new RollingCounts.Buckets(SECOND, Long.MIN_VALUE, List.of(), List.of()));
        assertThat(RollingCounts.of(recorded).plus(1, 0, 0).first(0)).isEqualTo(1);
    }

    @Test
    void records_that_no_counts_can_have_made_are_refused() {
        List<Integer> nine = List.of(0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> RollingCounts.of(new RollingCounts.Buckets(0, 5, List.of(), List.of())))
                .hasMessage("a bucket of time is longer than 0");
        assertThatThrownBy(() -> RollingCounts.of(new RollingCounts.Buckets(1, 5, nine, List.of())))
                .hasMessage("there are 10 buckets, not 9");
        assertThatThrownBy(() -> RollingCounts.of(new RollingCounts.Buckets(1, 5, List.of(), nine)))
                .hasMessage("there are 10 buckets, not 9");
        assertThat(RollingCounts.of(new RollingCounts.Buckets(1, 5, List.of(), List.of()))
                        .first(5))
                .isZero();
    }

    private static void assertCounts(RollingCounts counts, int first, int second) {
        assertThat(counts.first(0)).isEqualTo(first);
        assertThat(counts.second(0)).isEqualTo(second);
    }
}
