package dev.tierway.adapter.persistence.guard;

import static dev.tierway.domain.quota.Descriptor.Reserves.WORST_CASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.guard.BookedStore.Line;
import dev.tierway.application.port.out.QuotaStore.LimitUnavailableException;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GuardedQuotaStoreTest {
    private static final Descriptor TEN = domain(Limit.per(Dimension.REQUESTS, 10, Duration.ofMinutes(1)));
    private static final Descriptor HOURLY = domain(Limit.per(Dimension.TOKENS, 1000, Duration.ofHours(1)));
    private static final Descriptor SLOTS = domain(Limit.concurrency(6));
    private static final Descriptor KEY_SLOTS = new Descriptor("key:k", Side.CALLER, Limit.concurrency(6));
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(10_000));
    private static final Descriptor WATCHED =
            new Descriptor("budget:w", Side.CALLER, Period.DAY.limit(10_000), false, WORST_CASE);
    private static final Descriptor LEARNED =
            new Descriptor("vendor:p/m", Side.DOMAIN, Limit.learned(Dimension.TOKENS));

    // The circuit.

    @Test
    void a_store_that_answers_is_asked_and_nothing_else_happens() {
        Guarded guarded = Guarded.up();

        assertThat(guarded.reserve("a", TEN))
                .isEqualTo(new Result.Granted(
                        List.of(new Left(TEN, 9, Duration.ofSeconds(6).toNanos(), false))));
        guarded.settle("a", Guarded.one());

        assertThat(guarded.remote.heard).containsExactly("ping", "reserve a#1", "settle a#1");
        assertThat(guarded.store.health()).isEqualTo(new StoreHealth(true, null, 0, 0, 0, 0));
    }

    @Test
    void down_at_the_start_the_first_call_is_already_served_alone() {
        Guarded guarded = Guarded.down();

        assertThat(guarded.reserve("a", TEN))
                .isEqualTo(new Result.Granted(
                        List.of(new Left(TEN, 9, Duration.ofSeconds(6).toNanos(), false)), LocalQuota.WARNING));
        assertThat(guarded.store.health().up()).isFalse();
        assertThat(guarded.store.health().problem()).isEqualTo("connection refused");
    }

    @Test
    void down_under_load_every_call_is_served_and_after_three_failures_the_store_is_left_alone() {
        Guarded guarded = Guarded.up();
        guarded.remote.is(Line.SILENT);
        List<CompletableFuture<Result>> waiting = List.of(
                guarded.ask("a", Guarded.one(), TEN),
                guarded.ask("b", Guarded.one(), TEN),
                guarded.ask("c", Guarded.one(), TEN));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        guarded.alarm.advance(Duration.ofMillis(250));

        assertThat(waiting).allMatch(one -> one.join() instanceof Result.Granted yes && yes.warning() != null);
        assertThat(guarded.store.health().problem()).isEqualTo("no answer within 250 ms");
        assertThat(guarded.ask("d", Guarded.one(), TEN)).isCompleted();
    }

    @Test
    void failures_with_answers_between_them_are_not_in_a_row() {
        Guarded guarded = Guarded.up();
        for (int n = 0; n < 5; n++) {
            guarded.remote.is(Line.REFUSES);
            guarded.reserve("x" + n, HOURLY);
            guarded.reserve("y" + n, HOURLY);
            guarded.remote.is(Line.FINE);
            guarded.reserve("z" + n, HOURLY);
        }
        assertThat(guarded.store.health().up()).isTrue();
    }

    @Test
    void a_silent_store_is_noticed_without_any_call() {
        Guarded guarded = Guarded.up();
        guarded.goesDown();
        guarded.alarm.advance(Duration.ofSeconds(3));

        assertThat(guarded.store.health().up()).isFalse();
        guarded.remote.is(Line.FINE);
        guarded.alarm.advance(Duration.ofSeconds(3));
        assertThat(guarded.store.health().up()).isTrue();
    }

    @Test
    void a_store_that_answers_pings_but_no_questions_is_tried_by_one_call_at_a_time_and_less_and_less_often() {
        Guarded guarded = Guarded.down();
        guarded.remote.pings = Line.FINE;
        guarded.remote.line = Line.SILENT;
        guarded.alarm.advance(Duration.ofSeconds(1));

        CompletableFuture<Result> trying = guarded.ask("a", Guarded.one(), TEN);
        assertThat(trying).isNotDone();
        assertThat(guarded.ask("b", Guarded.one(), TEN)).isCompleted();
        guarded.alarm.advance(Duration.ofMillis(250));
        assertThat(trying).isCompleted();
        assertThat(guarded.store.health().up()).isFalse();

        guarded.alarm.advance(Duration.ofSeconds(1));
        assertThat(guarded.ask("c", Guarded.one(), TEN)).as("two seconds").isCompleted();
        guarded.alarm.advance(Duration.ofSeconds(2));
        assertThat(guarded.ask("d", Guarded.one(), TEN)).isNotDone();
    }

    @Test
    void an_answer_from_before_it_went_down_does_not_bring_it_back() {
        Guarded guarded = Guarded.up();
        guarded.remote.is(Line.SLOW);
        guarded.ask("early", Guarded.one(), TEN);
        guarded.remote.is(Line.REFUSES);
        guarded.alarm.advance(Duration.ofSeconds(3));
        guarded.remote.release();

        assertThat(guarded.store.health().up()).isFalse();
        assertThat(guarded.ask("a", Guarded.one(), TEN)).isCompleted();
    }

    @Test
    void a_wrong_question_is_not_the_stores_fault() {
        Guarded guarded = Guarded.up();
        for (int n = 0; n < 5; n++) {
            assertThatThrownBy(() -> guarded.reserve("twice", TEN, TEN))
                    .hasRootCauseMessage("limit " + TEN.key() + " is listed twice");
        }
        assertThat(guarded.store.health().up()).isTrue();
    }

    // What is allowed meanwhile.

    @Test
    void of_rates_and_concurrency_each_instance_has_its_share() {
        Guarded guarded = Guarded.down();
        guarded.remote.instances = 3;

        for (int n = 0; n < 3; n++) {
            assertThat(guarded.granted("r" + n, TEN)).isTrue();
        }
        assertThat(guarded.reserve("r3", TEN))
                .isEqualTo(new Result.Denied(TEN, Duration.ofSeconds(20).toNanos(), 0));
        assertThat(guarded.granted("s0", SLOTS)).isTrue();
        assertThat(guarded.granted("s1", SLOTS)).isTrue();
        assertThat(guarded.granted("s2", SLOTS)).isFalse();
        guarded.refund("s0");
        assertThat(guarded.granted("s3", SLOTS)).isTrue();
        assertThat(guarded.granted("k0", KEY_SLOTS)).isTrue();
        assertThat(guarded.granted("k1", KEY_SLOTS)).isTrue();
        assertThat(guarded.granted("k2", KEY_SLOTS)).isFalse();
        guarded.settle("k0", Guarded.one());
        assertThat(guarded.granted("k3", KEY_SLOTS)).isTrue();
    }

    @Test
    void a_share_is_at_least_one() {
        Guarded guarded = Guarded.down();
        guarded.remote.instances = 50;

        assertThat(guarded.granted("a", TEN)).isTrue();
        assertThat(guarded.granted("b", TEN)).isFalse();
        guarded.remote.instances = 0;
        assertThat(guarded.granted("c", TEN)).isTrue();
    }

    @Test
    void what_exceeds_the_share_but_not_the_limit_is_worth_asking_again() {
        Guarded guarded = Guarded.down();
        guarded.remote.instances = 2;

        assertThat(guarded.reserve("big", new Amounts(1, 600, 0, NanoUsd.ZERO), HOURLY))
                .isEqualTo(new Result.Denied(HOURLY, Duration.ofSeconds(1).toNanos(), 500));
        assertThat(guarded.reserve("huge", new Amounts(1, 1001, 0, NanoUsd.ZERO), HOURLY))
                .isEqualTo(new Result.Denied(HOURLY, null, 500));
    }

    @Test
    void an_enforced_budget_is_closed_and_says_so() {
        Guarded guarded = Guarded.down();

        assertThat(Answers.failure(guarded.ask("a", Guarded.money(1), TEN, BUDGET)))
                .isInstanceOf(LimitUnavailableException.class)
                .hasMessage("budget 'b' allows 0.00001 USD per day, but the quota store doesn't answer, so"
                        + " nobody knows what is left: try again in a moment; if that doesn't help, the"
                        + " operator of the gateway has to look at the store");
        assertThat(guarded.granted("ten", TEN)).isTrue();
    }

    @Test
    void a_refused_call_takes_nothing_of_its_other_limits() {
        Guarded guarded = Guarded.down();
        for (int n = 0; n < 10; n++) {
            Answers.failure(guarded.ask("money" + n, Guarded.money(1), TEN, BUDGET));
        }
        for (int n = 0; n < 10; n++) {
            assertThat(guarded.granted("r" + n, TEN)).isTrue();
        }
    }

    @Test
    void a_budget_that_is_only_watched_lets_pass_and_hears_of_it_later() {
        Guarded guarded = Guarded.down();
        Result result = guarded.reserve("a", Guarded.money(20_000), TEN, WATCHED);
        guarded.settle("a", Guarded.money(15_000));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Granted.class,
                        granted -> assertThat(granted.left())
                                .as("what is left of money is unknown")
                                .extracting(Left::descriptor)
                                .containsExactly(TEN));
        assertThat(guarded.store.health().waiting()).isEqualTo(1);
        guarded.comesBack();
        assertThat(guarded.remote.used(WATCHED)).isEqualTo(15_000);
        assertThat(guarded.remote.used(TEN)).isZero();
        assertThat(guarded.remote.book.open()).isZero();
    }

    @Test
    void without_limits_nobody_is_asked() {
        Guarded guarded = new Guarded();
        guarded.remote.is(Line.SILENT);

        assertThat(guarded.ask("a", Guarded.one())).isCompletedWithValue(new Result.Granted(List.of()));
        assertThat(guarded.remote.heard).isEmpty();
    }

    @Test
    void vendors_limits_are_learned_here_meanwhile() {
        Guarded guarded = Guarded.down();
        guarded.reserve("a", LEARNED);
        VendorLimit told = new VendorLimit(
                Dimension.TOKENS, 1000L, 5, Duration.ofSeconds(30).toNanos(), null);
        Answers.of(guarded.store.observe(Guarded.attempt("a"), List.of(new VendorObservation(LEARNED, told))));

        assertThat(guarded.reserve("b", new Amounts(1, 6, 0, NanoUsd.ZERO), LEARNED))
                .isEqualTo(new Result.Denied(LEARNED, Duration.ofSeconds(30).toNanos(), 5));
    }

    @Test
    void what_was_learned_before_is_still_known() {
        Guarded guarded = Guarded.up();
        VendorLimit told = new VendorLimit(
                Dimension.TOKENS, 1000L, 5, Duration.ofSeconds(30).toNanos(), null);
        Answers.of(guarded.store.observe(null, List.of(new VendorObservation(LEARNED, told))));
        guarded.goesDown();

        assertThat(guarded.reserve("b", new Amounts(1, 6, 0, NanoUsd.ZERO), LEARNED))
                .isInstanceOf(Result.Denied.class);
    }

    @Test
    void what_is_left_is_told_of_the_share_and_of_money_not_at_all() {
        Guarded guarded = Guarded.down();
        guarded.remote.instances = 2;

        assertThat(Answers.of(guarded.store.left(List.of(TEN)))).containsExactly(new Left(TEN, 5, 0, false));
        assertThat(Answers.failure(guarded.store.left(List.of(TEN, BUDGET))))
                .isInstanceOf(StoreException.class)
                .hasMessage("the quota store is down: connection refused");
    }

    @Test
    void what_nobody_ends_here_expires() {
        Guarded guarded = Guarded.down();
        guarded.reserve("forgotten", SLOTS);
        guarded.clock.advance(Guarded.RESERVATION);
        guarded.reserve("other", SLOTS);

        assertThat(guarded.expired).containsExactly(Guarded.attempt("forgotten"));
        assertThat(guarded.store.health().waiting()).isZero();
    }

    private static Descriptor domain(Limit limit) {
        return new Descriptor("domain:a", Side.DOMAIN, limit);
    }
}
