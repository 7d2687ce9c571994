package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.providerWide;
import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a call goes after a failure, and where it never goes. */
class SpilloverTest {
    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("a/m").registry();

    private Past past() {
        return new Past(registry, clock);
    }

    private ScriptedCall.Plan call() {
        return ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock);
    }

    private static Choice.Chosen chosen(ScriptedCall call, int round) {
        return (Choice.Chosen) call.selection().rounds().get(round).choice();
    }

    @Test
    void four_attempts_per_call_and_three_per_model() {
        registry = Fleet.of("a/m", "b/m", "c/m", "d/m", "e/n", "f/n").registry();
        ScriptedCall call = call().policy(Policies.policy().retryBudget(1, 100)).started();

        while (!call.over()) {
            call.fails(FailureClass.UPSTREAM_FAULT);
        }

        assertThat(call.sentTo()).hasSize(4).doesNotHaveDuplicates();
        assertThat(call.sentTo().stream().filter(id -> id.endsWith("/m")).count())
                .isLessThanOrEqualTo(3);
        assertThat(call.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void a_model_is_finished_before_another_is_begun() {
        registry = Fleet.fleet()
                .with(replica("a/m").price("1", "1"))
                .with(replica("b/n").price("2", "2"))
                .with(replica("c/m").price("50", "50"))
                .registry();
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT).fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).containsExactly("a/m", "c/m", "b/n");
    }

    @Test
    void a_call_to_a_model_stays_with_the_model() {
        registry = Fleet.of("a/m", "b/n").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.model(registry.catalogue(), "m"), clock)
                .started();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.over()).isTrue();
        assertThat(call.sentTo()).containsExactly("a/m");
    }

    @Test
    void a_pinned_call_has_one_attempt() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock)
                .started();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).containsExactly("a/m");
        assertThat(call.over()).isTrue();
        assertThat(chosen(call, 0).because()).isEqualTo(Choice.Because.PINNED);
    }

    @Test
    void a_replica_that_an_operator_drains_while_a_call_runs_is_not_reached_by_its_spillover() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().started();
        String other = call.sentTo().getFirst().equals("a/m") ? "b" : "a";

        Operators.phase(registry, Scope.provider(other), Phase.DRAINING);
        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).hasSize(1);
        assertThat(call.over()).isTrue();
    }

    @Test
    void a_draining_replica_and_one_of_weight_zero_are_not_reached_by_spillover_either() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(replica("b/m").phase(Phase.DRAINING))
                .with(replica("c/m").weight(0))
                .registry();
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).containsExactly("a/m");
        assertThat(call.over()).isTrue();
    }

    @Test
    void a_standby_takes_over_once_no_active_replica_of_its_model_is_left() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(replica("b/m").phase(Phase.STANDBY).price("0", "0"))
                .with(replica("c/m"))
                .registry();
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT).fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo().subList(0, 2)).containsExactlyInAnyOrder("a/m", "c/m");
        assertThat(call.sentTo().getLast()).isEqualTo("b/m");
    }

    @Test
    void after_a_provider_wide_failure_another_provider_is_preferred() {
        registry = Fleet.fleet()
                .with(replica("a/m").price("1", "1").named("a/m-1"))
                .with(replica("a/m").price("1", "1").named("a/m-2"))
                .with(replica("b/m").price("8", "8"))
                .registry();
        ScriptedCall call = call().started();

        call.fails(providerWide(FailureClass.TRANSPORT));

        assertThat(call.sentTo().getLast()).isEqualTo("b/m");
    }

    @Test
    void nothing_new_starts_after_the_spill_clock() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().policy(Policies.policy()
                        .timeouts(new Timeouts.Override(null, null, null, null, Duration.ofSeconds(10), null)))
                .started();
        clock.advance(Duration.ofSeconds(10));

        call.fails(FailureClass.TIMEOUT);

        assertThat(call.sentTo()).hasSize(1);
        assertThat(call.over()).isTrue();
    }

    @Test
    void a_last_resort_is_tried_once_without_spill_even_if_somebody_is_back_meanwhile() {
        registry = Fleet.of("a/m", "b/m").registry();
        past().failed("a/m", failure(FailureClass.TIMEOUT), 5);
        Operators.mark(registry, Scope.replica("b/m"), false);
        ScriptedCall call = call().started();
        Operators.mark(registry, Scope.replica("b/m"), true);

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).containsExactly("a/m");
        assertThat(call.over()).isTrue();
        assertThat(chosen(call, 0).because()).isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void every_decision_has_chance_of_its_own() {
        registry = Fleet.of("a/m", "b/m", "c/m").registry();
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT)
                .fails(FailureClass.UPSTREAM_FAULT)
                .delivers();

        assertThat(call.selection().rounds().stream().map(Round::seed))
                .doesNotHaveDuplicates()
                .doesNotContain(0L, call.selection().seed());
    }

    @Test
    void permission_to_escalate_does_not_keep_the_first_attempt_for_the_higher_tier() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("z/big"))
                .registry();
        ScriptedCall call = ScriptedCall.call(
                        registry,
                        Requests.tier(registry.catalogue()).escalatingTo(registry.catalogue(), ModelTier.FRONTIER),
                        clock)
                .policy(Policies.policy().attempts(1, 1))
                .started();

        assertThat(call.sentTo()).containsExactly("a/m");
    }

    @Test
    void a_call_that_has_sent_ends_by_its_last_attempts_class() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(replica("b/m").weight(0))
                .registry();
        ScriptedCall call = call().started();

        call.fails(FailureClass.CREDENTIAL);

        assertThat(call.result())
                .isEqualTo(new CallResult.Exhausted(new ReplicaId("a/m"), failure(FailureClass.CREDENTIAL)));
    }

    @Test
    void a_call_that_has_not_sent_is_refused_with_the_first_reason_that_fits() {
        registry = Fleet.fleet().with(replica("b/m").weight(0)).registry();

        ScriptedCall call = call().started();

        assertThat(call.result())
                .isEqualTo(new CallResult.Refused(new Refusal(Refusal.Reason.NO_HEALTHY_REPLICA, null)));
        assertThat(call.selection().rounds()).hasSize(1);
    }

    @Test
    void spills_that_stay_on_the_provider_are_charged_to_the_retry_budget_others_are_free() {
        registry = Fleet.fleet()
                .with(replica("a/m").named("a/m-1"))
                .with(replica("a/m").named("a/m-2"))
                .registry();
        ScriptedCall staying =
                call().policy(Policies.policy().retryBudget(0, 0)).started();
        staying.fails(FailureClass.UPSTREAM_FAULT);
        assertThat(staying.sentTo()).hasSize(1);

        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall moving = call().policy(Policies.policy().retryBudget(0, 0)).started();
        moving.fails(FailureClass.UPSTREAM_FAULT);
        assertThat(moving.sentTo()).hasSize(2);
    }

    @Test
    void a_spill_to_a_provider_below_ninety_percent_is_charged() {
        registry = Fleet.of("a/m", "b/m", "b/x").registry();
        past().delivered("b/x", 4).failed("b/x", failure(FailureClass.UPSTREAM_FAULT), 1);
        ScriptedCall call = ScriptedCall.call(registry, Requests.model(registry.catalogue(), "m"), clock)
                .policy(Policies.policy().retryBudget(0, 0))
                .started();
        String first = call.sentTo().getFirst();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).hasSize(first.equals("a/m") ? 1 : 2);
    }

    @Test
    void no_escalation_without_permission() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big"))
                .registry();
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).containsExactly("a/m");
    }

    @Test
    void with_permission_the_higher_tier_comes_after_the_asked_one() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big").price("0", "0"))
                .registry();
        ScriptedCall call = ScriptedCall.call(
                        registry,
                        Requests.tier(registry.catalogue()).escalatingTo(registry.catalogue(), ModelTier.FRONTIER),
                        clock)
                .started();

        call.fails(FailureClass.UPSTREAM_FAULT).delivers();

        assertThat(call.sentTo()).containsExactly("a/m", "b/big");
        assertThat(call.selection().rounds().getLast().progress().escalating()).isTrue();
    }

    private ScriptedCall.Plan escalating() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("b/big"))
                .registry();
        return ScriptedCall.call(
                registry,
                Requests.tier(registry.catalogue()).escalatingTo(registry.catalogue(), ModelTier.FRONTIER),
                clock);
    }

    @Test
    void with_permission_the_higher_tier_is_asked_before_somebody_sick() {
        ScriptedCall.Plan plan = escalating();
        past().failed("a/m", failure(FailureClass.TIMEOUT), 5);

        assertThat(plan.started().sentTo()).containsExactly("b/big");
    }

    @Test
    void if_the_higher_tier_is_sick_too_the_asked_one_gets_the_last_resort() {
        ScriptedCall.Plan plan = escalating();
        past().failed("a/m", failure(FailureClass.TIMEOUT), 5).failed("b/big", failure(FailureClass.TIMEOUT), 5);

        ScriptedCall call = plan.started();

        assertThat(call.sentTo()).containsExactly("a/m");
        call.delivers();
        assertThat(call.selection().rounds().getLast().progress().escalating()).isFalse();
    }

    @Test
    void with_permission_the_last_attempt_is_kept_for_the_higher_tier() {
        registry = Fleet.fleet()
                .with(replica("a/m"))
                .with(replica("b/m"))
                .with(replica("c/n"))
                .with(replica("d/n"))
                .with(replica("e/n"))
                .with(model("big").tier(ModelTier.FRONTIER))
                .with(replica("z/big"))
                .registry();
        ScriptedCall call = ScriptedCall.call(
                        registry,
                        Requests.tier(registry.catalogue()).escalatingTo(registry.catalogue(), ModelTier.FRONTIER),
                        clock)
                .started();

        call.fails(FailureClass.UPSTREAM_FAULT)
                .fails(FailureClass.UPSTREAM_FAULT)
                .fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.sentTo()).hasSize(4);
        assertThat(call.sentTo().subList(0, 3)).doesNotContain("z/big");
        assertThat(call.sentTo().getLast()).isEqualTo("z/big");
    }

    @Test
    void the_last_attempt_says_why() {
        registry = Fleet.of("a/m", "b/m", "c/n", "d/n", "e/n").registry();
        past().delivered("a/m", 1);
        ScriptedCall call = call().started();

        call.fails(FailureClass.UPSTREAM_FAULT)
                .fails(FailureClass.UPSTREAM_FAULT)
                .fails(FailureClass.UPSTREAM_FAULT)
                .delivers();

        assertThat(call.selection().rounds().getLast().progress().lastAttempt()).isTrue();
    }

    @Test
    void a_call_in_flight_survives_a_reload_that_takes_its_replicas_away() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().started();
        registry.swap(Fleet.of("c/other").catalogue());

        call.fails(FailureClass.UPSTREAM_FAULT);

        assertThat(call.over()).isTrue();
        assertThat(call.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void every_attempt_is_told_with_what_became_of_it() {
        registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = call().started();
        clock.advance(Duration.ofMillis(180));
        call.fails(FailureClass.UPSTREAM_FAULT);
        clock.advance(Duration.ofMillis(500));
        call.commits();
        clock.advance(Duration.ofMillis(20));
        call.delivers();

        List<AttemptResult> results =
                call.selection().rounds().stream().map(Round::result).toList();
        assertThat(results.stream().map(AttemptResult::verdict))
                .containsExactly(AttemptResult.Verdict.NEXT_REPLICA, AttemptResult.Verdict.DELIVERED);
        assertThat(results.getFirst().endNanos() - ManualClock.START).isEqualTo(180_000_000);
        assertThat(results.getLast().commitNanos()).isEqualTo(ManualClock.START + 680_000_000);
        assertThat(call.selection().attempts()).isEqualTo(2);
    }
}
