package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.money.NanoUsd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a vendor said is left, less what was reserved since, number by number. */
class LearnedUsageBoundariesTest {
    private static final Limit LIMIT = Limit.learned(Dimension.TOKENS);
    private static final Descriptor DESCRIPTOR = new Descriptor("vendor:p/m", Side.DOMAIN, LIMIT);

    private final LearnedUsage unknown = LearnedUsage.UNKNOWN.at(LIMIT, at(1000));
    /** A hundred were reserved, then the vendor said that 40 of 500 are left until 9000. */
    private final LearnedUsage known = unknown.plus(100).telling(told(500L, 40), 100, 9000);

    private static QuotaTime at(long nanos) {
        return QuotaTime.utc(nanos, 0);
    }

    private static VendorLimit told(Long limit, long remaining) {
        return new VendorLimit(Dimension.TOKENS, limit, remaining, null, null);
    }

    private static Hold hold(long amount, long mark) {
        return new Hold(DESCRIPTOR, amount, mark);
    }

    @Test
    void before_the_vendor_has_said_anything_nothing_is_denied() {
        assertThat(unknown.known()).isFalse();
        assertThat(unknown.plus(100).waitNanos(LIMIT, Usage.MOST)).isZero();
        assertThat(unknown.available(LIMIT)).isEqualTo(Usage.MOST);
        assertThat(unknown.used()).isZero();
        assertThat(unknown.restNanos(LIMIT)).isZero();
        assertThat(unknown.atRest()).isTrue();
    }

    @Test
    void what_it_said_is_known_until_its_window_resets() {
        assertThat(known).isEqualTo(new LearnedUsage(500, 40, 9000, 100, 100, 1000));
        assertThat(known.at(LIMIT, at(8999))).isEqualTo(new LearnedUsage(500, 40, 9000, 100, 100, 8999));
        assertThat(known.at(LIMIT, at(9000))).isEqualTo(new LearnedUsage(0, 0, Long.MIN_VALUE, 100, 100, 9000));
        assertThat(known.at(LIMIT, at(500))).as("a time before").isEqualTo(known);
        assertThat(known.atRest()).isFalse();
        assertThat(known.restNanos(LIMIT)).isEqualTo(8000);
    }

    @Test
    void what_is_left_is_granted_and_more_waits_for_the_reset() {
        assertThat(known.available(LIMIT)).isEqualTo(40);
        assertThat(known.used()).isEqualTo(460);
        assertThat(known.waitNanos(LIMIT, 40)).isZero();
        assertThat(known.waitNanos(LIMIT, 41)).isEqualTo(8000);
        assertThat(known.plus(50).waitNanos(LIMIT, 0))
                .as("nothing is always granted")
                .isZero();
        assertThat(known.plus(50).available(LIMIT)).isZero();
        assertThat(known.plus(50)).isEqualTo(new LearnedUsage(500, -10, 9000, 150, 100, 1000));
    }

    @Test
    void calls_reserved_after_the_one_it_answered_are_still_to_come_off() {
        LearnedUsage three = unknown.plus(100).plus(20).plus(5);

        assertThat(three.telling(told(500L, 40), 100, 9000)).isEqualTo(new LearnedUsage(500, 15, 9000, 125, 100, 1000));
        assertThat(three.mark()).isEqualTo(125);
    }

    @Test
    void an_answer_to_an_older_call_says_nothing_new_and_one_to_the_same_does() {
        LearnedUsage later = known.plus(20);

        assertThat(later.telling(told(500L, 300), 99, 9000)).isEqualTo(later);
        assertThat(later.telling(told(500L, 300), 100, 9000))
                .isEqualTo(new LearnedUsage(500, 280, 9000, 120, 100, 1000));
    }

    @Test
    void what_is_over_already_is_not_learned() {
        assertThat(unknown.telling(told(500L, 40), 0, 1000)).isEqualTo(unknown);
        assertThat(unknown.telling(told(500L, 40), 0, 1001).known()).isTrue();
    }

    @Test
    void a_limit_the_vendor_keeps_to_itself_is_unknown_and_what_is_left_of_it_is_not() {
        LearnedUsage untold = unknown.telling(told(null, 40), 0, 9000);

        assertThat(untold.limit()).isZero();
        assertThat(untold.available(LIMIT)).isEqualTo(40);
        assertThat(untold.used()).isZero();
    }

    @Test
    void a_call_made_since_gives_back_what_it_did_not_use_and_owes_what_it_used_more() {
        LearnedUsage held = known.plus(30);

        assertThat(held.settled(hold(30, held.mark()), 10).remaining()).isEqualTo(30);
        assertThat(held.settled(hold(30, held.mark()), 35).remaining()).isEqualTo(5);
    }

    @Test
    void a_call_the_vendor_has_counted_or_that_is_of_another_window_changes_nothing() {
        assertThat(known.settled(hold(100, 100), 10)).isEqualTo(known);
        assertThat(unknown.plus(100).settled(hold(100, 100), 10)).isEqualTo(unknown.plus(100));
        assertThat(known.plus(1).settled(hold(1, 101), 0).remaining()).isEqualTo(40);
    }

    @Test
    void debt_has_an_end() {
        assertThat(known.plus(Long.MAX_VALUE).remaining()).isEqualTo(40 - Usage.MOST);
        assertThat(known.plus(Usage.MOST).plus(Usage.MOST).remaining()).isEqualTo(-Usage.MOST);
        assertThat(known.plus(Usage.MOST).plus(Usage.MOST).taken()).isEqualTo(Usage.MOST);
    }

    private final QuotaBook book = new QuotaBook(600_000_000_000L, 15_000_000_000L);

    private void reserve(String call, long tokens) {
        book.reserve(call, 1, List.of(DESCRIPTOR), new Amounts(1, tokens, 0, NanoUsd.ZERO), at(1000));
    }

    private long left() {
        return book.usage(DESCRIPTOR, at(2000)).available(LIMIT);
    }

    @Test
    void the_book_takes_off_what_was_reserved_after_the_answered_call() {
        reserve("c", 100);
        reserve("d", 7);

        book.told("c", 1, DESCRIPTOR, told(500L, 40), at(1000));
        assertThat(left()).isEqualTo(33);
        book.told("d", 1, DESCRIPTOR, told(500L, 30), at(1000));
        assertThat(left()).isEqualTo(30);
    }

    @Test
    void the_book_takes_an_answer_to_an_expired_attempt_for_one_to_nobody() {
        reserve("c", 100);
        book.reserve("d", 1, List.of(DESCRIPTOR), new Amounts(1, 7, 0, NanoUsd.ZERO), at(590_000_000_000L));

        book.told("c", 1, DESCRIPTOR, told(500L, 40), at(600_000_001_000L));

        assertThat(book.usage(DESCRIPTOR, at(600_000_001_000L)).available(LIMIT))
                .isEqualTo(40);
    }

    @Test
    void the_book_takes_an_answer_to_nobody_for_the_newest() {
        reserve("c", 100);

        book.told("nobody", 1, DESCRIPTOR, told(500L, 40), at(1000));

        assertThat(left()).isEqualTo(40);
    }

    @Test
    void what_was_granted_says_what_is_left_of_each_limit_in_its_order() {
        Descriptor slots = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(3));
        ReservationResult result =
                book.reserve("c", 1, List.of(slots, DESCRIPTOR), new Amounts(1, 9, 0, NanoUsd.ZERO), at(1000));

        assertThat(((ReservationResult.Granted) result).left())
                .containsExactly(new Left(slots, 2, Usage.NEVER, false), new Left(DESCRIPTOR, Usage.MOST, 0, false));
    }

    @Test
    void only_learned_limits_learn() {
        Limit rate = Limit.per(Dimension.TOKENS, 9, java.time.Duration.ofSeconds(1));
        Descriptor fixed = new Descriptor("domain:a", Side.DOMAIN, rate);

        assertThat(Reserving.told(fixed, RateUsage.NONE, told(500L, 40), null, at(1000)))
                .isEqualTo(RateUsage.NONE);
    }

    @Test
    void what_is_not_enforced_is_counted_and_denies_nobody() {
        Descriptor shadow =
                new Descriptor("key:k", Side.CALLER, Limit.concurrency(1), false, Descriptor.Reserves.WORST_CASE);
        Amounts one = new Amounts(1, 1, 0, NanoUsd.ZERO);

        assertThat(book.reserve("c", 1, List.of(shadow), one, at(0))).isInstanceOf(ReservationResult.Granted.class);
        assertThat(book.reserve("d", 1, List.of(shadow), one, at(0))).isInstanceOf(ReservationResult.Granted.class);
        assertThat(Left.of(shadow, book.usage(shadow, at(0))).exceeded()).isTrue();
    }
}
