package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.ReservationResult.Granted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long reservations and leases live when nobody ends them. */
class QuotaBookLeasesTest {
    private static final long SECOND = 1_000_000_000;
    private static final Descriptor SLOTS = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(9));
    private static final Descriptor KEY_SLOTS = new Descriptor("key:k", Side.CALLER, Limit.concurrency(9));
    private static final Descriptor MONEY = new Descriptor("budget:b", Side.CALLER, Period.TOTAL.limit(10_000));

    private final QuotaBook book = new QuotaBook(600 * SECOND, 15 * SECOND);

    @Test
    void a_heartbeat_keeps_what_attempts_and_calls_hold() {
        reserve("c", SLOTS, KEY_SLOTS);
        book.renew(at(14 * SECOND));

        assertThat(used(SLOTS, 29 * SECOND - 1)).isEqualTo(1);
        assertThat(used(KEY_SLOTS, 29 * SECOND - 1)).isEqualTo(1);
        assertThat(used(SLOTS, 29 * SECOND)).isZero();
        assertThat(used(KEY_SLOTS, 29 * SECOND)).isZero();
    }

    @Test
    void a_heartbeat_that_comes_too_late_renews_nothing() {
        reserve("c", SLOTS, KEY_SLOTS);
        book.renew(at(15 * SECOND));

        assertThat(used(SLOTS, 15 * SECOND)).isZero();
        assertThat(used(KEY_SLOTS, 15 * SECOND)).isZero();
    }

    @Test
    void finishing_a_call_whose_lease_ended_gives_nothing_back_twice() {
        reserve("c", KEY_SLOTS);
        book.reserve("d", 1, List.of(KEY_SLOTS), estimate(), at(10 * SECOND));
        book.finish("c", at(15 * SECOND));

        assertThat(used(KEY_SLOTS, 15 * SECOND)).isEqualTo(1);
    }

    @Test
    void a_call_that_is_never_finished_gives_its_slot_back_once() {
        reserve("c", KEY_SLOTS);
        assertThat(used(KEY_SLOTS, 599 * SECOND)).isZero();
        book.reserve("d", 1, List.of(KEY_SLOTS), estimate(), at(599 * SECOND));

        assertThat(used(KEY_SLOTS, 600 * SECOND)).isEqualTo(1);
        book.finish("c", at(600 * SECOND));
        assertThat(used(KEY_SLOTS, 600 * SECOND)).isEqualTo(1);
    }

    @Test
    void a_settlement_after_the_reservation_expired_comes_too_late() {
        reserve("c", MONEY);
        book.end("c", 1, new Ending.Refunded(), at(600 * SECOND));

        assertThat(used(MONEY, 600 * SECOND)).isEqualTo(900);
        assertThat(book.open()).isZero();
    }

    @Test
    void a_settlement_just_before_comes_in_time() {
        reserve("c", MONEY);
        book.end("c", 1, new Ending.Refunded(), at(600 * SECOND - 1));

        assertThat(used(MONEY, 600 * SECOND)).isZero();
    }

    @Test
    void reservations_made_at_different_times_expire_one_by_one() {
        reserve("c", MONEY, SLOTS);
        book.reserve("d", 1, List.of(MONEY, SLOTS), estimate(), at(7 * SECOND));

        assertThat(used(SLOTS, 15 * SECOND - 1)).isEqualTo(2);
        assertThat(used(SLOTS, 15 * SECOND)).isEqualTo(1);
        assertThat(used(SLOTS, 22 * SECOND)).isZero();
        book.usage(MONEY, at(600 * SECOND));
        assertThat(book.open()).isEqualTo(1);
        book.usage(MONEY, at(607 * SECOND));
        assertThat(book.open()).isZero();
    }

    @Test
    void what_an_expired_reservation_held_is_spent_for_good() {
        reserve("c", MONEY);
        Limit limit = MONEY.limit();

        assertThat(book.usage(MONEY, at(599 * SECOND)).waitNanos(limit, 9_500)).isEqualTo(Usage.SOON_NANOS);
        assertThat(book.usage(MONEY, at(600 * SECOND)).waitNanos(limit, 9_500)).isEqualTo(Usage.NEVER);
    }

    @Test
    void a_slot_is_free_when_the_reservation_expires_even_if_its_lease_lasts_longer() {
        QuotaBook short10 = new QuotaBook(10 * SECOND, 15 * SECOND);
        short10.reserve("c", 1, List.of(SLOTS, KEY_SLOTS), estimate(), at(0));

        assertThat(short10.usage(SLOTS, at(10 * SECOND - 1)).used()).isEqualTo(1);
        assertThat(short10.usage(SLOTS, at(10 * SECOND)).used()).isZero();
        assertThat(short10.usage(KEY_SLOTS, at(10 * SECOND)).used()).isZero();
    }

    @Test
    void the_end_of_a_call_is_as_late_as_any_time_seen() {
        book.finish("nobody", at(20 * SECOND));
        reserve("c", SLOTS);

        assertThat(used(SLOTS, 35 * SECOND - 1)).isEqualTo(1);
        assertThat(used(SLOTS, 35 * SECOND)).isZero();
    }

    @Test
    void times_that_never_come_expire_nothing() {
        QuotaBook patient = new QuotaBook(Long.MAX_VALUE, Long.MAX_VALUE);
        patient.reserve("c", 1, List.of(SLOTS), estimate(), at(5));

        assertThat(patient.usage(SLOTS, at(Long.MAX_VALUE - 1)).used()).isEqualTo(1);
    }

    @Test
    void a_time_that_steps_back_prolongs_nothing() {
        reserve("c", SLOTS);
        assertThat(used(SLOTS, 15 * SECOND)).isZero();
        reserve("d", SLOTS);

        assertThat(used(SLOTS, 29 * SECOND)).isEqualTo(1);
        assertThat(used(SLOTS, 30 * SECOND)).isZero();
    }

    @Test
    void the_last_sixteen_thousand_ended_attempts_are_remembered() {
        int remembered = 16_384;
        for (int n = 0; n <= remembered; n++) {
            reserve("c" + n, MONEY);
            book.end("c" + n, 1, new Ending.Refunded(), at(0));
        }

        assertThat(reserve("c1", MONEY)).isInstanceOf(Granted.class);
        assertThat(book.open()).as("the answer of then").isZero();
        assertThat(reserve("c0", MONEY)).isInstanceOf(Granted.class);
        assertThat(book.open()).as("forgotten, so it counts anew").isEqualTo(1);
    }

    private ReservationResult reserve(String call, Descriptor... descriptors) {
        return book.reserve(call, 1, List.of(descriptors), estimate(), at(0));
    }

    private long used(Descriptor descriptor, long nanos) {
        return book.usage(descriptor, at(nanos)).used();
    }

    private static Amounts estimate() {
        return new Amounts(1, 1, 1, new NanoUsd(900));
    }

    private static QuotaTime at(long nanos) {
        return QuotaTime.utc(nanos, nanos / 1_000_000);
    }
}
