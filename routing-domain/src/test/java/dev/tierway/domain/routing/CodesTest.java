package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Operators.action;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The closed lists of names that decisions and metrics use: once published, they stay. */
class CodesTest {
    private static final OperatorAction UNTIL_50 =
            new OperatorAction(1, Scope.replica("a/m"), new OperatorOrder.Mark(false), "ann", null, 50L);

    private static final List<Rejection> REJECTIONS = List.of(
            new Rejection.UseCaseNotServed(UseCase.CODE),
            new Rejection.MissingCapability(List.of(Capability.TOOLS)),
            new Rejection.ContextTooLong(9, 5),
            new Rejection.NotPortable("anthropic"),
            new Rejection.NotExpressible(List.of(Construct.SEED)),
            new Rejection.AlreadyLeft(1, null),
            new Rejection.ModelAttemptsSpent(3),
            new Rejection.InPhase(Phase.DRAINING, UNTIL_50),
            new Rejection.HeldBack("eu"),
            new Rejection.WeightZero(),
            new Rejection.Excluded("a"),
            new Rejection.NotInOnly(),
            new Rejection.LocalRequired(),
            new Rejection.LocalDisabled(),
            new Rejection.MissingTag(List.of("eu")),
            new Rejection.MissingRegion("eu"),
            new Rejection.KeyNotAllowed("m"),
            new Rejection.PriceCap(1, null),
            new Rejection.MarkedUnhealthy(UNTIL_50),
            new Rejection.BudgetExhausted("budget:house"),
            new Rejection.CostUnknown(true, false),
            new Rejection.AtCapacity(2, 2),
            new Rejection.QuotaExhausted("domain:d requests", 40L),
            new Rejection.CoolingDown(30, Failure.Scope.REPLICA),
            new Rejection.RetryBudgetEmpty("a"),
            new Rejection.CircuitOpen(20, Failure.Scope.REPLICA, FailureClass.TIMEOUT),
            new Rejection.Ramping(0.1),
            new Rejection.UnhealthyByProbe(10, ProbeResult.UNREACHABLE));

    @Test
    void every_rejection_has_a_code_and_a_kind() {
        assertThat(REJECTIONS)
                .extracting(one -> one.kind().id() + " " + one.code())
                .containsExactly(
                        "fit use_case_not_served",
                        "fit missing_capability",
                        "fit context_too_long",
                        "fit not_portable",
                        "fit not_expressible",
                        "fit already_left",
                        "fit model_attempts_spent",
                        "policy draining",
                        "policy held_back",
                        "policy weight_zero",
                        "policy excluded",
                        "policy not_in_only",
                        "policy local_required",
                        "policy local_disabled",
                        "policy missing_tag",
                        "policy missing_region",
                        "policy key_not_allowed",
                        "policy price_cap",
                        "policy marked_unhealthy",
                        "policy budget_exhausted",
                        "policy cost_unknown",
                        "capacity at_capacity",
                        "capacity quota_exhausted",
                        "capacity cooling_down",
                        "capacity retry_budget_empty",
                        "health circuit_open",
                        "health ramping",
                        "health unhealthy");
        assertThat(new Rejection.InPhase(Phase.STANDBY, null).code()).isEqualTo("standby");
        assertThat(REJECTIONS).hasSize(leaves(Rejection.class).size());
    }

    @Test
    void a_rejection_tells_when_it_ends_by_itself_if_that_is_known() {
        assertThat(REJECTIONS.stream().filter(one -> one.untilNanos() != null))
                .extracting(one -> one.code() + " " + one.untilNanos())
                .containsExactly(
                        "draining 50",
                        "marked_unhealthy 50",
                        "quota_exhausted 40",
                        "cooling_down 30",
                        "circuit_open 20",
                        "unhealthy 10");
        assertThat(new Rejection.InPhase(Phase.DRAINING, null).untilNanos()).isNull();
        assertThat(new Rejection.MarkedUnhealthy(action(1, Scope.replica("a/m"), new OperatorOrder.Mark(false)))
                        .untilNanos())
                .isNull();
    }

    @Test
    void a_circuit_that_an_account_opened_is_not_worth_a_last_resort() {
        for (FailureClass cause : FailureClass.values()) {
            assertThat(new Rejection.CircuitOpen(20, Failure.Scope.REPLICA, cause).lastResortWorthTrying())
                    .as(cause.id())
                    .isEqualTo(cause.counts());
        }
    }

    @Test
    void every_change_has_a_code() {
        Map<Change, String> codes = Map.ofEntries(
                Map.entry(new Change.CircuitClosed(Failure.Scope.REPLICA, null), "circuit_closed"),
                Map.entry(new Change.RampOver(1), "ramp_over"),
                Map.entry(new Change.CooldownOver(Failure.Scope.REPLICA, 1), "cooldown_over"),
                Map.entry(new Change.SlotFree(1), "slot_free"),
                Map.entry(new Change.QuotaRefilled("domain:d requests", 1L), "quota_refilled"),
                Map.entry(new Change.RetryBudgetRefilled("a"), "retry_budget_refilled"),
                Map.entry(new Change.ProbeHealthy(ProbeResult.UNREACHABLE), "probe_healthy"),
                Map.entry(new Change.PhaseActive(Phase.DRAINING), "phase_active"),
                Map.entry(new Change.RuleLifted("eu"), "rule_lifted"),
                Map.entry(new Change.MarkWithdrawn("ann"), "mark_withdrawn"),
                Map.entry(new Change.OptionDropped(Change.Option.ONLY, List.of("a")), "option_dropped"),
                Map.entry(new Change.NeedsDropped(List.of(Capability.TOOLS)), "needs_dropped"),
                Map.entry(new Change.SignaturesDropped("anthropic"), "signatures_dropped"),
                Map.entry(new Change.ConstructsDropped(List.of(Construct.SEED)), "constructs_dropped"),
                Map.entry(new Change.UseCaseServed(UseCase.CODE), "use_case_served"),
                Map.entry(new Change.WindowAtLeast(2, 1), "window_at_least"),
                Map.entry(new Change.AttemptsPerModelAtLeast(2, 1), "attempts_per_model_at_least"),
                Map.entry(new Change.PriceAtMost(1, 2, true), "price_at_most"),
                Map.entry(new Change.LatencyAtMost(1, 2), "latency_at_most"),
                Map.entry(new Change.SuccessAtLeast(2, 1), "success_at_least"),
                Map.entry(new Change.HeadroomAtLeast(2, 1), "headroom_at_least"),
                Map.entry(new Change.InFlightAtMost(1, 2), "in_flight_at_most"),
                Map.entry(new Change.PriorityAtMost(1, 2), "priority_at_most"),
                Map.entry(new Change.WeightAtLeast(2, 1), "weight_at_least"),
                Map.entry(new Change.UsedLongestAgo(), "used_longest_ago"),
                Map.entry(new Change.DeclaredFirst(), "declared_first"));

        codes.forEach((change, code) -> assertThat(change.code()).isEqualTo(code));
        assertThat(codes).hasSize(leaves(Change.class).size());
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        List<Class<?>> leaves = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                leaves.addAll(leaves(permitted));
            } else {
                leaves.add(permitted);
            }
        }
        return leaves;
    }
}
