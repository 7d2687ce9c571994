package dev.tierway.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.ReservationResult.Denied;
import dev.tierway.domain.quota.ReservationResult.Granted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaBookTest {
    private static final long SECOND = 1_000_000_000;
    private static final Descriptor REQUESTS =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 2, Duration.ofMinutes(1)));
    private static final Descriptor TOKENS =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 1000, Duration.ofMinutes(1)));
    private static final Descriptor SLOTS = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(1));
    private static final Descriptor KEY_REQUESTS =
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 2, Duration.ofMinutes(1)));
    private static final Descriptor KEY_SLOTS = new Descriptor("key:k", Side.CALLER, Limit.concurrency(1));
    private static final Descriptor MONEY = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(1000));

    private final QuotaBook book = new QuotaBook(600 * SECOND, 15 * SECOND);

    @Test
    void all_limits_are_taken_or_none() {
        assertThat(book.reserve("c", 1, List.of(REQUESTS, TOKENS), tokens(1001), at(0)))
                .isInstanceOf(Denied.class);

        assertThat(used(REQUESTS, 0)).isZero();
        assertThat(used(TOKENS, 0)).isZero();
    }

    @Test
    void a_denial_names_the_limit_that_is_the_latest_to_allow() {
        book.reserve("c", 1, List.of(REQUESTS, TOKENS), tokens(1000), at(0));
        book.reserve("c", 2, List.of(REQUESTS), tokens(0), at(0));

        assertThat(book.reserve("c", 3, List.of(TOKENS, REQUESTS), tokens(100), at(0)))
                .isEqualTo(new Denied(REQUESTS, 30 * SECOND, 0));
        assertThat(book.reserve("c", 3, List.of(TOKENS, REQUESTS), tokens(900), at(0)))
                .isEqualTo(new Denied(TOKENS, 54 * SECOND, 0));
    }

    @Test
    void what_can_never_be_granted_has_no_time_to_retry() {
        assertThat(book.reserve("c", 1, List.of(TOKENS, REQUESTS), tokens(1001), at(0)))
                .isEqualTo(new Denied(TOKENS, null, 1000));
    }

    @Test
    void the_same_attempt_again_gets_the_same_answer_and_takes_nothing() {
        ReservationResult first = book.reserve("c", 1, List.of(REQUESTS), tokens(0), at(0));
        ReservationResult again = book.reserve("c", 1, List.of(REQUESTS), tokens(0), at(1));
        book.end("c", 1, new Ending.Settled(tokens(0)), at(2));
        ReservationResult late = book.reserve("c", 1, List.of(REQUESTS), tokens(0), at(3));

        assertThat(again).isEqualTo(first);
        assertThat(late).isEqualTo(first);
        assertThat(used(REQUESTS, 3)).isEqualTo(1);
    }

    @Test
    void a_reservation_ends_once() {
        book.reserve("c", 1, List.of(TOKENS), tokens(500), at(0));
        book.end("c", 1, new Ending.Settled(tokens(100)), at(0));
        book.end("c", 1, new Ending.Settled(tokens(100)), at(0));
        book.end("c", 1, new Ending.Refunded(), at(0));

        assertThat(used(TOKENS, 0)).isEqualTo(100);
    }

    @Test
    void an_unknown_outcome_leaves_rates_at_the_estimate_and_makes_money_what_was_seen() {
        book.reserve("c", 1, List.of(TOKENS, MONEY), new Amounts(1, 300, 200, new NanoUsd(900)), at(0));
        book.end("c", 1, new Ending.Unknown(new Amounts(1, 300, 10, new NanoUsd(40))), at(0));

        assertThat(used(TOKENS, 0)).isEqualTo(500);
        assertThat(used(MONEY, 0)).isEqualTo(40);
    }

    @Test
    void a_refund_gives_the_domain_everything_back_but_the_callers_request_belongs_to_the_call() {
        book.reserve("c", 1, List.of(REQUESTS, TOKENS, KEY_REQUESTS), tokens(500), at(0));
        book.end("c", 1, new Ending.Refunded(), at(0));

        assertThat(used(REQUESTS, 0)).isZero();
        assertThat(used(TOKENS, 0)).isZero();
        assertThat(used(KEY_REQUESTS, 0)).isEqualTo(1);
    }

    @Test
    void a_refund_of_all_but_the_request_leaves_the_request_counted() {
        book.reserve("c", 1, List.of(REQUESTS, TOKENS), tokens(500), at(0));
        book.end("c", 1, new Ending.RefundedButRequest(), at(0));

        assertThat(used(REQUESTS, 0)).isEqualTo(1);
        assertThat(used(TOKENS, 0)).isZero();
    }

    @Test
    void the_domains_slot_is_free_after_the_attempt_the_callers_after_the_call() {
        book.reserve("c", 1, List.of(SLOTS, KEY_SLOTS), tokens(1), at(0));
        book.end("c", 1, new Ending.Settled(tokens(1)), at(1));

        assertThat(used(SLOTS, 1)).isZero();
        assertThat(used(KEY_SLOTS, 1)).isEqualTo(1);

        book.finish("c", at(1));
        assertThat(used(KEY_SLOTS, 1)).isZero();
    }

    @Test
    void a_lease_that_nobody_renews_ends_and_the_estimate_stays_until_the_reservation_does() {
        book.reserve("c", 1, List.of(SLOTS, MONEY), new Amounts(1, 1, 1, new NanoUsd(900)), at(0));
        book.renew(at(10 * SECOND));

        assertThat(used(SLOTS, 25 * SECOND - 1)).isEqualTo(1);
        assertThat(used(SLOTS, 25 * SECOND)).isZero();
        assertThat(book.open()).isEqualTo(1);

        assertThat(used(MONEY, 600 * SECOND)).isEqualTo(900);
        assertThat(book.open()).isZero();
        book.end("c", 1, new Ending.Refunded(), at(600 * SECOND));
        assertThat(used(MONEY, 600 * SECOND)).isEqualTo(900);
    }

    @Test
    void an_attempt_repeated_after_it_expired_takes_nothing() {
        book.reserve("c", 1, List.of(MONEY), new Amounts(1, 1, 1, new NanoUsd(900)), at(0));

        assertThat(book.reserve("c", 1, List.of(MONEY), new Amounts(1, 1, 1, new NanoUsd(900)), at(600 * SECOND)))
                .isInstanceOf(Granted.class);
        assertThat(used(MONEY, 600 * SECOND)).isEqualTo(900);
    }

    @Test
    void a_slot_whose_lease_ended_is_not_given_back_twice() {
        book.reserve("c", 1, List.of(SLOTS), tokens(1), at(0));
        book.reserve("d", 1, List.of(SLOTS), tokens(1), at(15 * SECOND));
        book.end("c", 1, new Ending.Settled(tokens(1)), at(16 * SECOND));

        assertThat(used(SLOTS, 16 * SECOND)).isEqualTo(1);
    }

    @Test
    void one_limit_listed_twice_is_a_mistake() {
        assertThatThrownBy(() -> book.reserve("c", 1, List.of(REQUESTS, REQUESTS), tokens(1), at(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listed twice");
    }

    private long used(Descriptor descriptor, long nanos) {
        return book.usage(descriptor, at(nanos)).used();
    }

    private static QuotaTime at(long nanos) {
        return QuotaTime.utc(nanos, nanos / 1_000_000);
    }

    private static Amounts tokens(long amount) {
        return new Amounts(1, amount, 0, NanoUsd.ZERO);
    }
}
