package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Failures;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Limits;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second attempt beside the first: first to commit wins, the loser is cancelled and charged. */
class HedgingTest {
    private static final TokenUsage USAGE = TokenUsage.reported(1000, 10);

    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("a/m", "b/m", "c/m").registry();

    private ScriptedCall.Plan plan(Policies policy) {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .policy(policy.hedging(1));
    }

    private ScriptedCall hedged() {
        ScriptedCall call = plan(Policies.policy()).started();
        call.rings(TimerKind.HEDGE);
        assertThat(call.sentTo()).hasSize(2).doesNotHaveDuplicates();
        return call;
    }

    private int inFlight() {
        return List.of("a/m", "b/m", "c/m").stream()
                .filter(id -> registry.catalogue().replica(new dev.tierway.domain.catalogue.ReplicaId(id)) != null)
                .mapToInt(id -> new Past(registry, clock).view(id).state().inFlight())
                .sum();
    }

    @Test
    void is_off_by_default_and_for_unary_and_pinned_calls() {
        ScriptedCall plain = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .started();
        ScriptedCall unary = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .policy(Policies.policy().hedging(1))
                .started();
        ScriptedCall pinned = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m").stream(), clock)
                .policy(Policies.policy().hedging(1))
                .started();

        assertThat(List.of(plain, unary, pinned)).noneMatch(call -> call.armed(TimerKind.HEDGE));
    }

    @Test
    void starts_after_the_learned_95th_percentile_of_the_time_to_the_first_token() {
        Past past = new Past(registry, clock);
        past.delivered("a/m", 50, java.time.Duration.ofMillis(400), java.time.Duration.ofMillis(5));
        double p95 = past.view("a/m").modelState().tail().p95();
        assertThat(p95).isLessThan(2);

        ScriptedCall call = plan(Policies.policy()).started();

        assertThat(call.ringsIn(TimerKind.HEDGE).toNanos()).isCloseTo((long) (p95 * 400e6), within(1000L));
    }

    @Test
    void few_calls_are_hedged_however_many_are_slow() {
        int hedged = 0;
        for (int seed = 0; seed < 2000; seed++) {
            ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                    .policy(Policies.policy().hedging(0.02))
                    .seed(seed)
                    .started();
            call.rings(TimerKind.HEDGE);
            hedged += call.sentTo().size() - 1;
            call.feed(new Event.Failed(call.attempt(1), failure(FailureClass.INVALID_REQUEST)));
            if (call.sentTo().size() > 1) {
                call.feed(new Event.Failed(call.attempt(2), failure(FailureClass.INVALID_REQUEST)));
            }
        }

        assertThat(hedged).isEqualTo(40);
    }

    @Test
    void nobody_who_is_short_of_quota_or_room_is_hedged_to() {
        registry = Fleet.fleet()
                .domain("d", Limit.concurrency(5))
                .with(replica("a/m"))
                .with(replica("b/m").domain("d"))
                .with(replica("c/m").limit(1))
                .registry();
        Limit hundred = Limit.per(Dimension.REQUESTS, 100, Duration.ofDays(1));
        for (int seed = 0; seed < 50; seed++) {
            ScriptedCall call = plan(Policies.policy()).seed(seed).started();
            registry.left(new Left(new Descriptor("domain:d", Side.DOMAIN, hundred), 40, 0, false), clock.nanos());
            call.rings(TimerKind.HEDGE);

            assertThat(call.sentTo().stream().skip(1)).doesNotContain("b/m");
            call.delivers();
        }
    }

    @Test
    void the_first_to_commit_wins_and_the_other_is_cancelled() {
        ScriptedCall call = hedged();

        call.feed(new Event.Committed(call.attempt(2)));

        assertThat(call.actions(Action.Relay.class)).containsExactly(new Action.Relay(call.attempt(2)));
        assertThat(call.actions(Action.Cancel.class)).containsExactly(new Action.Cancel(call.attempt(1)));
    }

    @Test
    void the_loser_is_charged_even_after_the_call_is_over() {
        ScriptedCall call = hedged();
        call.feed(new Event.Committed(call.attempt(1)));
        call.feed(new Event.Delivered(call.attempt(1), USAGE));
        assertThat(call.over()).isTrue();
        assertThat(call.settled()).isFalse();

        List<Action> late =
                call.feed(new Event.Failed(call.attempt(2), Failures.using(FailureClass.CANCELLED, 1000, 3)));

        assertThat(late).hasSize(1).first().isInstanceOf(Action.Settle.class);
        assertThat(call.settled()).isTrue();
        assertThat(inFlight()).isZero();
    }

    @Test
    void a_loser_that_answers_before_it_hears_of_its_loss_is_settled_and_not_relayed() {
        ScriptedCall call = hedged();
        call.feed(new Event.Committed(call.attempt(1)));

        call.feed(new Event.Committed(call.attempt(2)));
        call.feed(new Event.Delivered(call.attempt(2), USAGE));

        assertThat(call.actions(Action.Relay.class)).containsExactly(new Action.Relay(call.attempt(1)));
        assertThat(call.over()).isFalse();
        assertThat(call.actions(Action.Settle.class)).hasSize(1);
    }

    @Test
    void while_one_runs_the_others_failure_ends_nothing() {
        ScriptedCall call = hedged();

        call.feed(new Event.Failed(call.attempt(1), failure(FailureClass.UPSTREAM_FAULT)));
        assertThat(call.over()).isFalse();
        assertThat(call.sentTo()).hasSize(2);

        call.feed(new Event.Failed(call.attempt(2), failure(FailureClass.UPSTREAM_FAULT)));
        assertThat(call.sentTo()).hasSize(3);
    }

    @Test
    void a_hedge_counts_as_an_attempt() {
        ScriptedCall single = plan(Policies.policy().attempts(1, 1)).started();
        single.rings(TimerKind.HEDGE);
        assertThat(single.sentTo()).hasSize(1);

        ScriptedCall two = plan(Policies.policy().attempts(2, 2)).started();
        two.rings(TimerKind.HEDGE);
        two.feed(new Event.Failed(two.attempt(1), failure(FailureClass.UPSTREAM_FAULT)));
        two.feed(new Event.Failed(two.attempt(2), failure(FailureClass.UPSTREAM_FAULT)));
        assertThat(two.sentTo()).hasSize(2);
        assertThat(two.over()).isTrue();
    }

    @Test
    void a_hedge_is_charged_to_the_retry_budget_even_at_a_healthy_provider() {
        ScriptedCall call = plan(Policies.policy().retryBudget(0, 0)).started();

        call.rings(TimerKind.HEDGE);

        assertThat(call.sentTo()).hasSize(1);
    }

    @Test
    void a_hedge_never_waits_for_room_nor_escalates() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(replica("b/m").limit(1))
                .with(dev.tierway.domain.fixture.Models.model("big")
                        .tier(dev.tierway.domain.catalogue.ModelTier.FRONTIER))
                .with(replica("c/big"))
                .registry();
        new Past(registry, clock).entered("b/m");
        ScriptedCall call = ScriptedCall.call(
                        registry,
                        Requests.tier(registry.catalogue()).stream()
                                .escalatingTo(registry.catalogue(), dev.tierway.domain.catalogue.ModelTier.FRONTIER),
                        clock)
                .policy(Policies.policy().hedging(1).attempts(2, 2))
                .started();

        call.rings(TimerKind.HEDGE);

        assertThat(call.sentTo()).containsExactly("a/m");
        assertThat(call.armed(TimerKind.PARK)).isFalse();
        call.delivers();
        assertThat(call.selection().rounds()).hasSize(1);
    }

    @Test
    void a_hedge_that_is_denied_by_either_side_leaves_the_first_attempt_alone() {
        for (var denied : List.of(Limits.ofCaller(Dimension.TOKENS), Limits.ofDomain(Dimension.TOKENS))) {
            ScriptedCall call = plan(Policies.policy()).startedWithoutGrants();
            call.feed(new Event.Reserved(call.attempt(1)));
            call.rings(TimerKind.HEDGE);

            call.feed(new Event.Denied(call.attempt(2), denied, null));

            assertThat(call.over()).as(denied.owner()).isFalse();
            assertThat(call.actions(Action.Reserve.class)).hasSize(2);
            call.delivers();
            assertThat(call.result()).isInstanceOf(CallResult.Delivered.class);
            assertThat(inFlight()).isZero();
        }
    }

    @Test
    void a_hedge_whose_reservation_the_store_could_not_answer_leaves_the_first_attempt_alone() {
        ScriptedCall call = plan(Policies.policy()).startedWithoutGrants();
        call.feed(new Event.Reserved(call.attempt(1)));
        call.rings(TimerKind.HEDGE);

        call.feed(new Event.ReserveFailed(call.attempt(2), "down"));

        assertThat(call.over()).isFalse();
    }

    @Test
    void a_hedge_still_reserving_when_the_first_commits_is_refunded_and_never_sent() {
        ScriptedCall call = plan(Policies.policy()).startedWithoutGrants();
        call.feed(new Event.Reserved(call.attempt(1)));
        call.rings(TimerKind.HEDGE);
        call.feed(new Event.Committed(call.attempt(1)));

        call.feed(new Event.Reserved(call.attempt(2)));

        assertThat(call.sentTo()).hasSize(1);
        assertThat(call.actions(Action.Refund.class))
                .containsExactly(new Action.Refund(call.attempt(2), Action.Refund.Extent.ALL));
    }

    @Test
    void no_hedge_is_started_beside_a_spill_that_is_on_its_way() {
        ScriptedCall call = plan(Policies.policy().attempts(2, 2)).startedWithoutGrants();
        call.feed(new Event.Reserved(call.attempt(1)));
        call.feed(new Event.Failed(call.attempt(1), failure(FailureClass.UPSTREAM_FAULT)));

        call.rings(TimerKind.HEDGE);

        assertThat(call.actions(Action.Reserve.class)).hasSize(2);
    }

    @Test
    void the_timer_is_gone_once_something_committed() {
        ScriptedCall call = plan(Policies.policy()).started().commits();

        assertThat(call.armed(TimerKind.HEDGE)).isFalse();
        call.feed(new Event.Fired(TimerKind.HEDGE));
        assertThat(call.sentTo()).hasSize(1);
    }
}
