package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.using;
import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Limits;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.Permit;
import dev.tierway.domain.fleet.PermitOutcome;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Refusal;
import dev.tierway.domain.routing.Situation;
import dev.tierway.domain.routing.SpilloverVerdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events that come twice, too late or in odd order, and the numbers an attempt leaves behind. */
class CallEdgesTest {
    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("a/m").registry();

    private Past past() {
        return new Past(registry, clock);
    }

    private ScriptedCall.Plan call() {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock);
    }

    private ScriptedCall.Plan stream() {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock);
    }

    private static AttemptResult result(ScriptedCall call, int round) {
        return call.selection().rounds().get(round).result();
    }

    @Test
    void a_reservation_told_twice_sends_once() {
        ScriptedCall call = call().startedWithoutGrants();
        call.feed(new Event.Reserved(call.attempt(1)));

        assertThat(call.feed(new Event.Reserved(call.attempt(1)))).isEmpty();
        assertThat(call.sentTo()).hasSize(1);
    }

    @Test
    void a_denial_after_the_reservation_was_granted_changes_nothing() {
        ScriptedCall call = call().startedWithoutGrants();
        call.feed(new Event.Reserved(call.attempt(1)));

        assertThat(call.feed(new Event.Denied(call.attempt(1), Limits.ofDomain(Dimension.TOKENS), null)))
                .isEmpty();
        assertThat(call.feed(new Event.Denied(call.attempt(1), Limits.ofCaller(Dimension.TOKENS), null)))
                .isEmpty();
        assertThat(call.feed(new Event.ReserveFailed(call.attempt(1), "down"))).isEmpty();
        call.delivers();
        assertThat(call.result()).isInstanceOf(CallResult.Delivered.class);
    }

    @Test
    void an_answer_that_ends_twice_ended_the_first_time() {
        ScriptedCall delivered = call().started().delivers();
        ScriptedCall failed = call().started().fails(FailureClass.INVALID_REQUEST);

        for (ScriptedCall call : List.of(delivered, failed)) {
            int actions = call.actions().size();
            call.delivers().fails(FailureClass.UPSTREAM_FAULT);
            assertThat(call.actions()).hasSize(actions);
        }
        assertThat(past().view("a/m").state().inFlight()).isZero();
    }

    @Test
    void a_domains_denial_selects_again_and_a_callers_gives_up() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall byDomain = call().startedWithoutGrants();
        byDomain.feed(new Event.Denied(byDomain.attempt(1), Limits.ofDomain(Dimension.TOKENS), null));
        byDomain.feed(new Event.Reserved(byDomain.attempt(2)));
        byDomain.delivers();
        ScriptedCall byCaller = call().startedWithoutGrants();
        byCaller.feed(new Event.Denied(byCaller.attempt(1), Limits.ofCaller(Dimension.TOKENS), null));

        assertThat(result(byDomain, 0).verdict()).isEqualTo(AttemptResult.Verdict.SELECT_AGAIN);
        assertThat(result(byDomain, 0).denied())
                .isEqualTo(Limits.ofDomain(Dimension.TOKENS).key());
        assertThat(byDomain.sentTo()).hasSize(1);
        assertThat(result(byCaller, 0).verdict()).isEqualTo(AttemptResult.Verdict.GIVE_UP);
        assertThat(result(byCaller, 0).denied())
                .isEqualTo(Limits.ofCaller(Dimension.TOKENS).key());
    }

    @Test
    void every_decision_draws_from_the_calls_seed_and_its_number() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().seed(42).started();
        call.fails(FailureClass.UPSTREAM_FAULT).delivers();

        assertThat(call.selection().rounds())
                .extracting(Round::seed)
                .containsExactly(Mixing.mix(42, 1), Mixing.mix(42, 2));
    }

    private double billedShare() {
        return past().view("a/m").provider().billedShare();
    }

    private void fleetPriced(Replicas replica) {
        registry = Fleet.fleet().with(replica).registry();
    }

    @Test
    void what_a_failure_was_billed_is_a_share_of_what_the_whole_answer_would_have_cost() {
        fleetPriced(replica("a/m").price("1", "2"));
        ScriptedCall call = call().started();

        call.feed(new Event.Failed(call.attempt(1), using(FailureClass.UPSTREAM_FAULT, 1000, 0)));

        // 1,000 tokens of the 1,000 and twice 256 that were expected.
        assertThat(billedShare()).isCloseTo(1000 / 1512.0, within(1e-9));
    }

    @Test
    void nobody_is_billed_more_than_a_whole_answer() {
        fleetPriced(replica("a/m").price("1", "2"));
        ScriptedCall call = call().started();

        call.feed(new Event.Failed(call.attempt(1), using(FailureClass.UPSTREAM_FAULT, 1000, 100_000)));

        assertThat(billedShare()).isEqualTo(1);
    }

    @Test
    void where_an_answer_costs_nothing_or_nobody_knows_what_nothing_is_learned_of_bills() {
        for (Replicas replica : List.of(
                replica("a/m").price("0", "0"),
                replica("a/m").local().unpriced(),
                replica("a/m").unpriced())) {
            fleetPriced(replica);
            ScriptedCall call = call().started();
            call.feed(new Event.Failed(call.attempt(1), using(FailureClass.UPSTREAM_FAULT, 1000, 10)));

            assertThat(billedShare()).isEqualTo(0.5);
        }
    }

    private ScriptedCall overTime() {
        registry = Fleet.of("a/m").registry();
        ScriptedCall call = call().started();
        call.rings(TimerKind.TOTAL);
        assertThat(call.over()).isFalse();
        return call;
    }

    @Test
    void who_used_up_the_calls_time_is_counted_as_timed_out() {
        overTime().fails(FailureClass.CANCELLED);

        assertThat(past().view("a/m").state().errors()).isEqualTo(1);
    }

    @Test
    void who_failed_otherwise_just_then_is_counted_by_what_it_said() {
        overTime().fails(FailureClass.RATE_LIMITED);

        assertThat(past().view("a/m").state().errors()).isZero();
    }

    @Test
    void a_pinned_call_goes_through_an_open_circuit() {
        registry = Fleet.of("a/m", "b/m").registry();
        past().failed("a/m", failure(FailureClass.TIMEOUT), 5);

        ScriptedCall call = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock)
                .started();

        assertThat(call.sentTo()).containsExactly("a/m");
    }

    @Test
    void a_first_attempt_may_wait_longer_than_the_spill_clock() {
        registry = Fleet.fleet().with(replica("a/m").limit(1)).registry();
        past().entered("a/m");

        ScriptedCall call = call().policy(Policies.policy()
                        .timeouts(new Timeouts.Override(null, null, null, null, Duration.ofMillis(1500), null)))
                .started();

        assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nothing_new_starts_at_the_deadline() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().deadline(Duration.ofSeconds(5)).started();
        clock.advance(Duration.ofSeconds(5));

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).hasSize(1);
        assertThat(call.over()).isTrue();
    }

    @Test
    void only_a_calls_first_attempt_gets_company() {
        registry = Fleet.of("a/m", "b/m", "c/m").registry();
        ScriptedCall call = stream().policy(Policies.policy().hedging(1)).started();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).hasSize(2);
        assertThat(call.actions(Action.Arm.class))
                .filteredOn(arm -> arm.timer() == TimerKind.HEDGE)
                .hasSize(1);
    }

    @Test
    void a_hedge_that_was_denied_is_not_made_up_for_at_the_replica_that_runs() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = stream().policy(Policies.policy().hedging(1)).startedWithoutGrants();
        call.feed(new Event.Reserved(call.attempt(1)));
        call.rings(TimerKind.HEDGE);
        call.feed(new Event.Denied(call.attempt(2), Limits.ofDomain(Dimension.TOKENS), null));
        // Another call earns another hedge.
        stream().policy(Policies.policy().hedging(1)).started();

        call.feed(new Event.Fired(TimerKind.HEDGE));

        assertThat(call.actions(Action.Reserve.class)).hasSize(2);
    }

    private ScriptedCall hedging(Replicas other) {
        registry = Fleet.fleet()
                .domain("d", Limit.per(Dimension.REQUESTS, 100, Duration.ofMinutes(1)))
                .with(replica("a/m").price("1", "1"))
                .with(other)
                .registry();
        return stream().policy(Policies.policy().hedging(1)).started();
    }

    private void headroomAfterTheRequest(long remaining) {
        Limit hundred = Limit.per(Dimension.REQUESTS, 100, Duration.ofMinutes(1));
        Descriptor descriptor = new Descriptor("domain:d", Side.DOMAIN, hundred);
        registry.left(new Left(descriptor, remaining + 1, 0, false), clock.nanos());
    }

    @Test
    void company_comes_from_who_has_half_its_quota_left() {
        for (long remaining : new long[] {49, 50}) {
            ScriptedCall call = hedging(replica("b/m").price("9", "9").domain("d"));
            clock.advance(call.ringsIn(TimerKind.HEDGE));
            headroomAfterTheRequest(remaining);
            call.rings(TimerKind.HEDGE);

            assertThat(call.sentTo()).as("%d of 100", remaining).hasSize(remaining < 50 ? 1 : 2);
        }
    }

    @Test
    void company_comes_from_who_is_not_nearly_full() {
        for (int inFlight : new int[] {83, 84, 85}) {
            ScriptedCall call = hedging(replica("b/m").price("9", "9").limit(100));
            for (int i = 0; i < inFlight; i++) {
                past().entered("b/m");
            }
            call.rings(TimerKind.HEDGE);

            assertThat(call.sentTo()).as("%d of 100", inFlight).hasSize(inFlight < 84 ? 2 : 1);
        }
    }

    @Test
    void sixteen_denials_that_name_a_time_are_waited_for_and_the_next_is_the_last() {
        ScriptedCall call = call().startedWithoutGrants();
        int denials = 0;
        while (!call.over()) {
            denials++;
            call.feed(new Event.Denied(
                    call.attempt(denials), Limits.ofDomain(Dimension.TOKENS), clock.nanos() + 1_000_000));
            if (!call.over()) {
                call.rings(TimerKind.PARK);
            }
        }

        assertThat(denials).isEqualTo(17);
        assertThat(call.result()).isInstanceOf(CallResult.Refused.class);
    }

    @Test
    void words_for_how_calls_and_attempts_end() {
        assertThat(new AttemptId("c1", 2)).hasToString("c1#2");
        assertThat(call().started().delivers().result().status()).isEqualTo("delivered");
        assertThat(call().started().clientLeaves().result().status()).isEqualTo("client_gone");
        assertThat(call().started().fails(FailureClass.INVALID_REQUEST).result().status())
                .isEqualTo("exhausted");
        assertThat(FailureClass.values())
                .extracting(FailureClass::id)
                .doesNotHaveDuplicates()
                .contains("rate_limited", "context_too_long")
                .allMatch(id -> id.matches("[a-z_]+"));
    }

    @Test
    void what_follows_an_attempt_is_told_unless_nobody_wanted_it_any_more() {
        SpilloverVerdict another = new SpilloverVerdict.TryAnother(false, false);
        SpilloverVerdict none = new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.CLASS);

        assertThat(AttemptResult.Verdict.of(another, false)).isEqualTo(AttemptResult.Verdict.NEXT_REPLICA);
        assertThat(AttemptResult.Verdict.of(none, false)).isEqualTo(AttemptResult.Verdict.GIVE_UP);
        assertThat(AttemptResult.Verdict.of(another, true)).isEqualTo(AttemptResult.Verdict.ABANDONED);
        assertThat(AttemptResult.Verdict.of(none, true)).isEqualTo(AttemptResult.Verdict.ABANDONED);
    }

    /** Somebody else takes the slot between every decision and its permit, and frees the one before. */
    private final class TakenByOthers implements RankingStrategy {
        private @Nullable Permit held;
        private int times;

        @Override
        public Strategy id() {
            return new Strategy("taken-by-others");
        }

        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            Permit before = held;
            Candidate first = eligible.getFirst();
            held = past().entered(first.view().replica().id().value());
            if (before != null) {
                registry.release(before, new PermitOutcome.Unused(), clock.nanos());
            }
            times++;
            return Pick.of(first, 1);
        }
    }

    @Test
    void who_comes_too_late_for_every_slot_is_told_so_in_the_end() {
        registry = Fleet.fleet()
                .with(replica("a/m").limit(1))
                .with(replica("b/m").limit(1))
                .registry();
        TakenByOthers others = new TakenByOthers();

        ScriptedCall call = call().policy(Policies.policy().strategy(others)).started();

        assertThat(call.result())
                .isEqualTo(new CallResult.Refused(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null)));
        assertThat(others.times).isEqualTo(65);
        assertThat(call.selection().rounds())
                .singleElement()
                .satisfies(round -> assertThat(round.choice()).isInstanceOf(Choice.Nobody.class));
    }

    private Selection dryRun(Requests request) {
        ScriptedCall.Plan plan = ScriptedCall.call(registry, request, clock).seed(7);
        return DryRun.of(plan.spec(), registry, clock.nanos());
    }

    private static String chosen(Selection dry) {
        assertThat(dry.rounds()).hasSize(1);
        return dry.rounds().getFirst().choice() instanceof Choice.Chosen one
                ? one.replica().replica().id().value()
                : "nobody";
    }

    @Test
    void a_dry_run_decides_and_takes_nothing() {
        Selection dry = dryRun(Requests.tier(registry.catalogue()));

        assertThat(chosen(dry)).isEqualTo("a/m");
        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.attempts()).isZero();
        assertThat(dry.seed()).isEqualTo(7);
        assertThat(past().view("a/m").state().inFlight()).isZero();
        ScriptedCall real = call().started().delivers();
        assertThat(real.selection().dryRun()).isFalse();
        assertThat(real.selection().attempts()).isEqualTo(1);
    }

    @Test
    void a_decision_is_made_in_the_situation_its_round_tells() {
        Selection dry = dryRun(Requests.tier(registry.catalogue()));
        Round round = dry.rounds().getFirst();

        assertThat(dry.situation(round))
                .isEqualTo(new Situation(
                        dry.features(),
                        dry.policy(),
                        round.progress(),
                        round.gatewayRetries(),
                        clock.nanos(),
                        Mixing.mix(7, 1)));
    }

    private Requests escalating() {
        return Requests.tier(registry.catalogue()).escalatingTo(registry.catalogue(), ModelTier.FRONTIER);
    }

    @Test
    void a_dry_run_asks_the_higher_tier_if_it_may_and_the_call_need_not_wait() {
        registry = Fleet.fleet()
                .with(replica("a/m").limit(1))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big"))
                .registry();
        past().entered("a/m");
        Selection waiting = dryRun(escalating());

        assertThat(chosen(waiting)).isEqualTo("nobody");
        assertThat(((Choice.Nobody) waiting.rounds().getFirst().choice()).parkUntilNanos())
                .isEqualTo(clock.nanos() + 2_000_000_000L);

        registry = Fleet.fleet()
                .with(replica("a/m").weight(0))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big"))
                .registry();
        assertThat(chosen(dryRun(escalating()))).isEqualTo("b/big");
        Selection without = dryRun(Requests.tier(registry.catalogue()));
        assertThat(chosen(without)).isEqualTo("nobody");
        assertThat(((Choice.Nobody) without.rounds().getFirst().choice())
                        .refusal()
                        .reason())
                .isEqualTo(Refusal.Reason.NO_HEALTHY_REPLICA);
    }
}
