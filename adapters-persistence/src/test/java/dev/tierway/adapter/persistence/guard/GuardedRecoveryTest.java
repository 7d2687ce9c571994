package dev.tierway.adapter.persistence.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.guard.BookedStore.Line;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The store hears of everything once it is back, once in effect. */
class GuardedRecoveryTest {
    private static final Descriptor DAILY =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 86_400, Duration.ofDays(1)));
    private static final Descriptor SLOTS = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(2));
    private static final Descriptor KEY_SLOTS = new Descriptor("key:k", Side.CALLER, Limit.concurrency(2));
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(10_000));

    @Test
    void an_end_that_could_not_be_delivered_is_delivered_when_the_store_is_back() {
        Guarded guarded = Guarded.up();
        guarded.reserve("a", Guarded.money(5_000), BUDGET, SLOTS, KEY_SLOTS);
        guarded.goesDown();
        guarded.settle("a", Guarded.money(2_000));
        assertThat(guarded.store.health().waiting()).isEqualTo(2);

        guarded.comesBack();

        assertThat(guarded.remote.used(BUDGET)).isEqualTo(2_000);
        assertThat(guarded.remote.used(SLOTS)).isZero();
        assertThat(guarded.remote.used(KEY_SLOTS)).isZero();
        assertThat(guarded.store.health().waiting()).isZero();
        assertThat(guarded.store.health().written()).isEqualTo(2);
    }

    @Test
    void a_settle_that_arrived_although_its_answer_did_not_counts_once() {
        Guarded guarded = Guarded.up();
        guarded.reserve("a", Guarded.money(5_000), BUDGET);
        guarded.remote.is(Line.ANSWERS_LOST);
        CompletableFuture<?> settled =
                guarded.store.settle(Guarded.attempt("a"), Guarded.money(2_000)).toCompletableFuture();
        guarded.alarm.advance(Duration.ofMillis(250));
        assertThat(settled).isCompleted();

        guarded.comesBack();

        assertThat(guarded.remote.heard.stream().filter("settle a#1"::equals)).hasSizeGreaterThan(1);
        assertThat(guarded.remote.used(BUDGET)).isEqualTo(2_000);
    }

    @Test
    void a_reservation_granted_by_an_answer_that_got_lost_is_given_back() {
        Guarded guarded = Guarded.up();
        guarded.remote.is(Line.ANSWERS_LOST);
        CompletableFuture<Result> asked = guarded.ask("a", Guarded.money(5_000), BUDGET, SLOTS, KEY_SLOTS);
        guarded.alarm.advance(Duration.ofMillis(250));
        assertThat(asked).isCompletedExceptionally();
        Answers.of(guarded.store.finish("a"));
        assertThat(guarded.remote.used(BUDGET)).isEqualTo(5_000);

        guarded.comesBack();

        assertThat(guarded.remote.used(BUDGET)).isZero();
        assertThat(guarded.remote.used(SLOTS)).isZero();
        assertThat(guarded.remote.used(KEY_SLOTS)).isZero();
        assertThat(guarded.remote.book.open()).isZero();
    }

    @Test
    void a_lost_answers_reservation_ends_as_the_attempt_did_if_that_was_served_alone() {
        Guarded guarded = Guarded.up();
        guarded.remote.is(Line.ANSWERS_LOST);
        CompletableFuture<Result> asked = guarded.ask("a", new Amounts(1, 50_000, 0, NanoUsd.ZERO), DAILY, SLOTS);
        guarded.alarm.advance(Duration.ofMillis(250));
        assertThat(asked.join()).isInstanceOf(Result.Granted.class);
        guarded.remote.is(Line.FINE);
        guarded.settle("a", new Amounts(1, 40_000, 0, NanoUsd.ZERO));

        guarded.comesBack();

        assertThat(guarded.remote.used(SLOTS)).isZero();
        assertThat(guarded.remote.book.open()).isZero();
        assertThat(guarded.remote.used(DAILY)).isBetween(39_900L, 40_000L);
    }

    @Test
    void what_was_used_of_a_days_rate_meanwhile_is_counted_when_the_store_is_back() {
        Guarded guarded = Guarded.down();
        Descriptor minute =
                new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 100_000, Duration.ofMinutes(1)));
        guarded.reserve("a", new Amounts(1, 50_000, 0, NanoUsd.ZERO), DAILY, minute, SLOTS);
        guarded.settle("a", new Amounts(1, 40_000, 0, NanoUsd.ZERO));
        guarded.reserve("b", new Amounts(1, 10_000, 0, NanoUsd.ZERO), DAILY);
        guarded.refund("b");
        guarded.alarm.advance(Duration.ofMinutes(2));

        guarded.comesBack();

        assertThat(guarded.remote.used(DAILY)).isBetween(39_700L, 40_000L);
        assertThat(guarded.remote.used(minute)).as("that minute is over").isZero();
        assertThat(guarded.remote.used(SLOTS)).isZero();
        assertThat(guarded.remote.book.open()).isZero();
    }

    @Test
    void a_minutes_rate_is_counted_as_long_as_that_minute_lasts_even_beyond_the_limit() {
        Guarded guarded = Guarded.up();
        Descriptor minute =
                new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 600, Duration.ofMinutes(1)));
        guarded.reserve("before", new Amounts(1, 500, 0, NanoUsd.ZERO), minute);
        guarded.settle("before", new Amounts(1, 500, 0, NanoUsd.ZERO));
        guarded.goesDown();
        guarded.alarm.advance(Duration.ofSeconds(3));
        guarded.reserve("a", new Amounts(1, 400, 0, NanoUsd.ZERO), minute);
        guarded.settle("a", new Amounts(1, 400, 0, NanoUsd.ZERO));
        guarded.remote.is(Line.FINE);
        guarded.alarm.advance(Duration.ofSeconds(12));

        assertThat(guarded.remote.used(minute))
                .as("900 less what has come back in a quarter of a minute")
                .isBetween(740L, 760L);
        assertThat(guarded.remote.book.open()).isZero();
    }

    @Test
    void reports_of_rates_leave_room_for_what_does_not_come_back_by_itself() {
        Guarded guarded = new Guarded(new GuardOptions(Duration.ofMillis(250), 3, Duration.ofSeconds(1), 10));
        guarded.goesDown();
        guarded.store.start();
        for (int n = 0; n < 8; n++) {
            guarded.reserve("c" + n, DAILY);
            guarded.settle("c" + n, Guarded.one());
        }

        assertThat(guarded.store.health().waiting()).isEqualTo(5);
        assertThat(guarded.store.health().lost()).isEqualTo(3);
    }

    @Test
    void an_end_does_not_overtake_a_reservation_that_is_still_on_its_way() {
        Guarded guarded = Guarded.up();
        guarded.remote.line = Line.STUCK;
        guarded.ask("a", Guarded.money(5_000), BUDGET, KEY_SLOTS);
        guarded.alarm.advance(Duration.ofMillis(250));
        guarded.remote.line = Line.FINE;
        Answers.of(guarded.store.finish("a"));
        guarded.alarm.advance(Duration.ofSeconds(3));
        assertThat(guarded.remote.heard).doesNotContain("refund a#1", "finish a");
        guarded.remote.release();
        guarded.alarm.advance(Duration.ofSeconds(3));

        assertThat(guarded.remote.used(BUDGET)).isZero();
        assertThat(guarded.remote.used(KEY_SLOTS)).isZero();
    }

    @Test
    void a_reservation_that_arrives_after_its_own_end_is_ended_again() {
        Guarded guarded = Guarded.up();
        guarded.remote.line = Line.STUCK;
        guarded.ask("a", Guarded.money(5_000), BUDGET, KEY_SLOTS);
        guarded.alarm.advance(Duration.ofMillis(250));
        guarded.remote.line = Line.FINE;
        Answers.of(guarded.store.finish("a"));
        guarded.alarm.advance(Duration.ofSeconds(20));
        assertThat(guarded.remote.heard).contains("refund a#1", "finish a");
        guarded.remote.release();
        guarded.alarm.advance(Duration.ofSeconds(2));

        assertThat(guarded.remote.used(BUDGET)).isZero();
        assertThat(guarded.remote.used(KEY_SLOTS)).isZero();
        assertThat(guarded.remote.book.open()).isZero();
    }

    @Test
    void a_call_that_is_over_before_its_reservation_is_answered_holds_nothing() {
        Guarded guarded = Guarded.up();
        guarded.remote.line = Line.STUCK;
        CompletableFuture<Result> asked = guarded.ask("left", Guarded.one(), KEY_SLOTS);
        guarded.remote.line = Line.FINE;
        Answers.of(guarded.store.finish("left"));
        guarded.remote.release();
        assertThat(asked).isCompleted();
        Answers.of(guarded.store.refund(Guarded.attempt("left"), Extent.ALL));
        guarded.alarm.advance(Duration.ofSeconds(6));

        assertThat(guarded.remote.used(KEY_SLOTS)).isZero();
    }

    @Test
    void attempts_served_alone_are_ended_alone_and_the_store_never_hears_of_them() {
        Guarded guarded = Guarded.down();
        guarded.reserve("a", SLOTS, KEY_SLOTS);
        guarded.remote.is(Line.FINE);
        guarded.alarm.advance(Duration.ofSeconds(3));
        guarded.remote.heard.clear();
        guarded.settle("a", Guarded.one());

        assertThat(guarded.remote.heard).isEmpty();
        guarded.goesDown();
        guarded.alarm.advance(Duration.ofSeconds(5));
        assertThat(guarded.granted("b", SLOTS, KEY_SLOTS)).isTrue();
        assertThat(guarded.granted("c", SLOTS, KEY_SLOTS)).isTrue();
        assertThat(guarded.granted("d", SLOTS, KEY_SLOTS)).isFalse();
    }

    @Test
    void every_kind_of_end_is_kept() {
        Guarded guarded = Guarded.up();
        for (String call : List.of("settled", "unknown", "refunded", "but-request")) {
            guarded.reserve(call, Guarded.money(1_000), BUDGET);
        }
        guarded.goesDown();
        Answers.of(guarded.store.settle(Guarded.attempt("settled"), Guarded.money(1)));
        Answers.of(guarded.store.settleUnknown(Guarded.attempt("unknown"), Guarded.money(20)));
        Answers.of(guarded.store.refund(Guarded.attempt("refunded"), Extent.ALL));
        Answers.of(guarded.store.refund(Guarded.attempt("but-request"), Extent.ALL_BUT_REQUEST));
        guarded.comesBack();

        assertThat(guarded.remote.heard)
                .contains("settle settled#1", "settle unknown unknown#1", "refund refunded#1")
                .contains("refund all but request but-request#1");
        assertThat(guarded.remote.used(BUDGET)).isEqualTo(21);
        assertThat(guarded.remote.book.open()).isZero();
    }

    @Test
    void of_too_many_ends_the_oldest_are_given_up_and_counted() {
        Guarded guarded = new Guarded(new GuardOptions(Duration.ofMillis(250), 3, Duration.ofSeconds(1), 5));
        guarded.store.start();
        for (int n = 0; n < 8; n++) {
            guarded.reserve("c" + n, Guarded.money(1_000), BUDGET);
        }
        guarded.goesDown();
        guarded.alarm.advance(Duration.ofSeconds(3));
        for (int n = 0; n < 8; n++) {
            Answers.of(guarded.store.refund(Guarded.attempt("c" + n), Extent.ALL));
            guarded.clock.advance(Duration.ofMillis(1));
        }
        assertThat(guarded.store.health().waiting()).isEqualTo(5);
        assertThat(guarded.store.health().lost()).isEqualTo(3);
        guarded.comesBack();

        assertThat(guarded.remote.heard.stream().filter(what -> what.startsWith("refund")))
                .containsExactly("refund c3#1", "refund c4#1", "refund c5#1", "refund c6#1", "refund c7#1");
        assertThat(guarded.remote.used(BUDGET)).as("until they expire").isEqualTo(3_000);
    }

    @Test
    void a_long_queue_is_delivered_without_waiting_for_calls() {
        Guarded guarded = new Guarded(new GuardOptions(Duration.ofMillis(250), 3, Duration.ofSeconds(1), 50_000));
        guarded.store.start();
        Descriptor large = new Descriptor("budget:l", Side.CALLER, Period.DAY.limit(1_000_000_000));
        for (int n = 0; n < 20_000; n++) {
            guarded.reserve("c" + n, Guarded.money(1_000), large);
        }
        guarded.goesDown();
        guarded.alarm.advance(Duration.ofSeconds(3));
        for (int n = 0; n < 20_000; n++) {
            guarded.refund("c" + n);
        }
        guarded.comesBack();

        assertThat(guarded.store.health().waiting()).isZero();
        assertThat(guarded.remote.used(large)).isZero();
    }

    @Test
    void closing_closes_the_store_and_probes_no_more() {
        Guarded guarded = Guarded.up();
        guarded.store.close();

        assertThat(guarded.remote.closed).isTrue();
        assertThat(guarded.alarm.pending()).isZero();
    }
}
