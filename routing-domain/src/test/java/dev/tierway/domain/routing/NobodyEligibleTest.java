package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Demand.demand;
import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.Scope;
import dev.tierway.domain.routing.Refusal.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a decision comes to when nobody is eligible, in the order of routing.md §1. */
class NobodyEligibleTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("a/m").registry();
    private Past past = new Past(registry, clock);

    private void fleet(Fleet fleet) {
        registry = fleet.registry();
        past = new Past(registry, clock);
    }

    private Choice select(@Nullable Long parkLimit) {
        return select(Requests.tier(registry.catalogue()), parkLimit);
    }

    private Choice select(Requests request, @Nullable Long parkLimit) {
        return select(request, parkLimit, 1);
    }

    private Choice select(Requests request, @Nullable Long parkLimit, long seed) {
        RoutingProgress progress = new RoutingProgress(
                0, List.of(), List.of(), null, null, List.of(), 0, null, false, false, true, parkLimit);
        RequestFeatures features = request.build();
        return TierAwareModelSelector.select(
                features,
                registry.snapshot(features.ask().candidates(), List.of(), clock.nanos()),
                Policies.policy().build(),
                progress,
                clock.nanos(),
                seed);
    }

    private Reason reason(Requests request) {
        return ((Choice.Nobody) select(request, null)).refusal().reason();
    }

    private Reason reason() {
        return reason(Requests.tier(registry.catalogue()));
    }

    private void ramping(String id) {
        past.failed(id, failure(FailureClass.TIMEOUT), 5);
        clock.advance(Duration.ofSeconds(6));
        registry.committed(past.probing(id), clock.nanos());
    }

    @Test
    void ramping_replicas_are_let_in_before_anything_else() {
        fleet(Fleet.fleet().with(replica("a/m")).with(replica("b/m").limit(1)));
        ramping("a/m");
        past.entered("b/m");
        int refusedAtFirst = 0;
        for (int seed = 0; seed < 100; seed++) {
            Choice.Chosen chosen =
                    (Choice.Chosen) select(Requests.tier(registry.catalogue()), clock.nanos() + 2 * SECOND, seed);

            assertThat(Situations.chosen(chosen)).isEqualTo("a/m");
            assertThat(chosen.because()).isEqualTo(Choice.Because.ONLY_ELIGIBLE);
            refusedAtFirst += chosen.verdicts().getFirst().bypassed().isEmpty() ? 0 : 1;
        }

        assertThat(refusedAtFirst).as("a tenth is admitted anyway").isBetween(80, 97);
    }

    @Test
    void a_full_replica_is_waited_for_until_the_limit() {
        fleet(Fleet.fleet().with(replica("a/m").limit(1)));
        past.entered("a/m");
        long limit = clock.nanos() + 2 * SECOND;

        assertThat(((Choice.Nobody) select(limit)).parkUntilNanos()).isEqualTo(limit);
        assertThat(((Choice.Nobody) select(null)).parkUntilNanos()).isNull();
    }

    @Test
    void the_earliest_end_of_a_rest_is_waited_for() {
        fleet(Fleet.of("a/m", "b/m"));
        past.failed("a/m", retryAfter(FailureClass.RATE_LIMITED, 1500), 1)
                .failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 700), 1);

        Choice.Nobody nobody = (Choice.Nobody) select(clock.nanos() + 2 * SECOND);

        assertThat(nobody.parkUntilNanos()).isEqualTo(clock.nanos() + 700_000_000L);
    }

    @Test
    void a_rest_beyond_the_limit_is_not_waited_for_but_told() {
        past.failed("a/m", retryAfter(FailureClass.RATE_LIMITED, 5000), 1);

        Choice.Nobody nobody = (Choice.Nobody) select(clock.nanos() + 2 * SECOND);

        assertThat(nobody.parkUntilNanos()).isNull();
        assertThat(nobody.refusal()).isEqualTo(new Refusal(Reason.CAPACITY_EXHAUSTED, clock.nanos() + 5 * SECOND));
    }

    @Test
    void capacity_is_waited_for_before_a_last_resort_is_tried() {
        fleet(Fleet.fleet().with(replica("a/m")).with(replica("b/m").limit(1)));
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5);
        past.entered("b/m");

        assertThat(((Choice.Nobody) select(clock.nanos() + 2 * SECOND)).parkUntilNanos())
                .isNotNull();
    }

    @Test
    void while_others_are_merely_busy_the_sick_are_looked_at_now_and_then_only() {
        fleet(Fleet.fleet().with(replica("a/m")).with(replica("b/m").limit(1)));
        past.entered("b/m");
        past.failed("a/m", failure(FailureClass.MISCONFIGURED), 1);

        clock.advance(Duration.ofNanos(60 * SECOND - 1));
        assertThat(((Choice.Nobody) select(null)).refusal().reason()).isEqualTo(Reason.CAPACITY_EXHAUSTED);
        clock.advance(Duration.ofNanos(1));
        assertThat(((Choice.Chosen) select(null)).because()).isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void whose_rest_is_over_soon_is_merely_busy() {
        fleet(Fleet.of("a/m", "b/m"));
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5);
        past.failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 15_000), 1);

        assertThat(((Choice.Nobody) select(null)).refusal().reason()).isEqualTo(Reason.CAPACITY_EXHAUSTED);
    }

    @Test
    void while_the_others_rest_for_long_the_sick_are_tried() {
        fleet(Fleet.of("a/m", "b/m"));
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5);
        past.failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 15_001), 1);

        assertThat(((Choice.Chosen) select(null)).because()).isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void a_sick_one_that_may_have_recovered_is_looked_at_sooner() {
        fleet(Fleet.fleet().with(replica("a/m")).with(replica("b/m").limit(1)));
        past.entered("b/m");
        for (int i = 0; i < 3; i++) {
            past.failed("a/m", failure(FailureClass.TIMEOUT), 5);
            clock.advance(Duration.ofSeconds(30));
        }
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5);

        clock.advance(Duration.ofNanos(15 * SECOND - 1));
        assertThat(((Choice.Nobody) select(null)).refusal().reason()).isEqualTo(Reason.CAPACITY_EXHAUSTED);
        clock.advance(Duration.ofNanos(1));
        assertThat(((Choice.Chosen) select(null)).because()).isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void the_last_resort_is_the_one_likeliest_to_work() {
        fleet(Fleet.of("a/m", "b/m", "c/m"));
        past.failed("a/m", failure(FailureClass.TIMEOUT), 30)
                .delivered("b/m", 20)
                .failed("b/m", failure(FailureClass.TIMEOUT), 5)
                .failed("c/m", failure(FailureClass.TIMEOUT), 30);

        Choice.Chosen chosen = (Choice.Chosen) select(null);

        assertThat(Situations.chosen(chosen)).isEqualTo("b/m");
        assertThat(chosen.because()).isEqualTo(Choice.Because.LAST_RESORT);
        assertThat(chosen.verdicts().getFirst().bypassed()).isNotEmpty();
    }

    @Test
    void a_server_that_probes_found_dead_is_a_last_resort() {
        for (int i = 0; i < 2; i++) {
            registry.probed(past.view("a/m").replica(), ProbeResult.TIMED_OUT, clock.nanos(), 30 * SECOND);
        }

        Choice.Chosen chosen = (Choice.Chosen) select(null);

        assertThat(chosen.because()).isEqualTo(Choice.Because.LAST_RESORT);
        assertThat(chosen.verdicts().getFirst().bypassed())
                .containsExactly(new Rejection.UnhealthyByProbe(clock.nanos() + 30 * SECOND, ProbeResult.TIMED_OUT));
    }

    @Test
    void last_resorts_as_likely_to_work_are_tried_alike() {
        fleet(Fleet.of("a/m", "b/m"));
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5).failed("b/m", failure(FailureClass.TIMEOUT), 5);
        int first = 0;
        for (int seed = 0; seed < 400; seed++) {
            Choice choice = select(Requests.tier(registry.catalogue()), null, seed);
            first += "a/m".equals(Situations.chosen(choice)) ? 1 : 0;
        }

        assertThat(first).isBetween(150, 250);
    }

    @Test
    void the_earliest_end_of_all_refusals_is_told() {
        fleet(Fleet.of("a/m", "b/m", "c/m"));
        past.failed("a/m", retryAfter(FailureClass.RATE_LIMITED, 9000), 1)
                .failed("b/m", retryAfter(FailureClass.RATE_LIMITED, 5000), 1)
                .failed("c/m", retryAfter(FailureClass.RATE_LIMITED, 7000), 1);

        Choice.Nobody nobody = (Choice.Nobody) select(null);

        assertThat(nobody.refusal().retryAtNanos()).isEqualTo(clock.nanos() + 5 * SECOND);
    }

    @Test
    void a_circuit_tells_when_it_half_opens_and_a_weight_of_zero_tells_nothing() {
        past.failed("a/m", failure(FailureClass.MISCONFIGURED), 1);
        long until = past.view("a/m").state().circuit().openUntilNanos();
        assertThat(((Choice.Nobody) select(null)).refusal()).isEqualTo(new Refusal(Reason.NO_HEALTHY_REPLICA, until));

        fleet(Fleet.fleet().with(replica("a/m").weight(0)));
        assertThat(((Choice.Nobody) select(null)).refusal().retryAtNanos()).isNull();
    }

    @Test
    void only_health_ever_opens() {
        fleet(Fleet.fleet().with(replica("a/m").phase(Phase.DRAINING)));
        past.failed("a/m", failure(FailureClass.TIMEOUT), 5);

        assertThat(select(null)).isInstanceOf(Choice.Nobody.class);
    }

    @Test
    void a_circuit_of_a_credential_an_account_or_a_model_is_no_last_resort() {
        for (FailureClass kind :
                List.of(FailureClass.CREDENTIAL, FailureClass.ACCOUNT_EXHAUSTED, FailureClass.MISCONFIGURED)) {
            fleet(Fleet.of("a/m"));
            past.failed("a/m", failure(kind), 1);

            assertThat(reason()).as(kind.id()).isEqualTo(Reason.NO_HEALTHY_REPLICA);
        }
    }

    @Test
    void the_retry_budget_is_never_waited_for() {
        fleet(Fleet.of("a/m"));
        var rule = new dev.tierway.domain.fleet.RetryBudget.Rule(0.2, 0);
        RoutingProgress progress = new RoutingProgress(
                1,
                List.of(),
                List.of(),
                null,
                new dev.tierway.domain.catalogue.ProviderId("a"),
                List.of(),
                0,
                null,
                false,
                false,
                false,
                clock.nanos() + 2 * SECOND);
        RequestFeatures features = Requests.tier(registry.catalogue()).build();

        Choice choice = TierAwareModelSelector.select(
                features,
                registry.snapshot(features.ask().candidates(), List.of(), clock.nanos()),
                Policies.policy().retryBudget(rule.share(), rule.minimum()).build(),
                progress,
                clock.nanos(),
                1);

        assertThat(((Choice.Nobody) choice).parkUntilNanos()).isNull();
        assertThat(((Choice.Nobody) choice).refusal().reason()).isEqualTo(Reason.CAPACITY_EXHAUSTED);
    }

    @Test
    void phase_weight_and_an_operators_mark_are_told_as_health() {
        fleet(Fleet.fleet().with(replica("a/m").phase(Phase.DRAINING)));
        assertThat(reason()).isEqualTo(Reason.NO_HEALTHY_REPLICA);

        fleet(Fleet.fleet().with(replica("a/m").weight(0)));
        assertThat(reason()).isEqualTo(Reason.NO_HEALTHY_REPLICA);

        fleet(Fleet.of("a/m"));
        Operators.mark(registry, Scope.replica("a/m"), false);
        assertThat(reason()).isEqualTo(Reason.NO_HEALTHY_REPLICA);
    }

    @Test
    void what_the_caller_forbids_is_told_as_policy() {
        assertThat(reason(Requests.tier(registry.catalogue())
                        .under(demand().exclude("a").build())))
                .isEqualTo(Reason.POLICY_DENIED);
    }

    @Test
    void what_does_not_fit_is_told_as_such_and_a_context_apart() {
        fleet(Fleet.fleet().with(Models.model("m").capabilities().window(10)).with(replica("a/m")));

        assertThat(reason()).isEqualTo(Reason.CONTEXT_LENGTH_EXCEEDED);
        assertThat(reason(Requests.tier(registry.catalogue()).needing(Capability.TOOLS)))
                .isEqualTo(Reason.NO_CAPABLE_REPLICA);
    }

    @Test
    void of_several_reasons_the_first_in_the_order_is_told() {
        Fleet all = Fleet.fleet()
                .with(Models.model("code").serving(UseCase.CODE))
                .with(replica("fit/code"))
                .with(replica("policy/m").tags("excluded"))
                .with(replica("health/m").weight(0))
                .with(replica("capacity/m").limit(1));
        fleet(all);
        past.entered("capacity/m");
        Requests request = Requests.tier(registry.catalogue())
                .under(demand().exclude("policy").build());
        assertThat(reason(request)).isEqualTo(Reason.CAPACITY_EXHAUSTED);

        assertThat(reason(request.under(demand().exclude("policy", "capacity").build())))
                .isEqualTo(Reason.NO_HEALTHY_REPLICA);
        assertThat(reason(request.under(
                        demand().exclude("policy", "capacity", "health").build())))
                .isEqualTo(Reason.POLICY_DENIED);
    }

    @Test
    void no_candidates_at_all_is_no_empty_success() {
        fleet(Fleet.fleet().with(Models.model("m")));

        assertThat(reason()).isEqualTo(Reason.NO_CAPABLE_REPLICA);
    }

    @Test
    void the_statuses_are_those_of_the_contract() {
        assertThat(List.of(Reason.values()).stream().map(one -> one.httpStatus() + " " + one.code()))
                .containsExactly(
                        "429 capacity_exhausted",
                        "503 no_healthy_replica",
                        "402 budget_exceeded",
                        "402 cost_unknown",
                        "403 policy_denied",
                        "400 unsupported_parameter",
                        "400 context_length_exceeded",
                        "400 no_capable_replica");
    }
}
