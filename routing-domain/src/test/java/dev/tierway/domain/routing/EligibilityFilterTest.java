package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Demand.demand;
import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Models.model;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Operators;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every reason against a candidate, with the facts that caused it and how the call may get past it. */
class EligibilityFilterTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private ReplicaRegistry registry = Fleet.of("p/m").registry();
    private Past past = new Past(registry, clock);

    private void fleet(Fleet fleet) {
        registry = fleet.registry();
        past = new Past(registry, clock);
    }

    private List<Rejection> rejections() {
        return rejections(request -> request, RoutingProgress.START);
    }

    private List<Rejection> rejections(Function<Requests, Requests> of) {
        return rejections(of, RoutingProgress.START);
    }

    private List<Rejection> rejections(Function<Requests, Requests> of, RoutingProgress progress) {
        RequestFeatures features = of.apply(Requests.tier(registry.catalogue())).build();
        return verdict(features, progress).rejections();
    }

    private Choice.Verdict verdict(RequestFeatures features, RoutingProgress progress) {
        var snapshot = registry.snapshot(features.ask().candidates(), List.of(), clock.nanos());
        Choice choice = TierAwareModelSelector.select(
                features, snapshot, Policies.policy().build(), progress, clock.nanos(), 1);
        return choice.verdicts().stream()
                .filter(one -> one.replica().replica().id().value().equals("p/m"))
                .findFirst()
                .orElseThrow();
    }

    private Requests pinned() {
        return Requests.pinned(registry.catalogue(), "p/m");
    }

    private static RoutingProgress after(int sent, FailureClass... failures) {
        List<RoutingProgress.LeftReplica> left = new java.util.ArrayList<>();
        for (FailureClass one : failures) {
            left.add(new RoutingProgress.LeftReplica(
                    new ReplicaId("x" + left.size() + "/m"), new ModelId("m"), left.size() + 1, one));
        }
        return progress(sent, left, List.of(), 0);
    }

    private static RoutingProgress progress(
            int sent,
            List<RoutingProgress.LeftReplica> left,
            List<RoutingProgress.DeniedReplica> denied,
            int windowAbove) {
        return new RoutingProgress(
                sent,
                left,
                denied,
                null,
                left.isEmpty() ? null : new ProviderId("p"),
                List.of(),
                windowAbove,
                null,
                false,
                false,
                sent == 0,
                null);
    }

    @Test
    void a_use_case_the_model_does_not_serve() {
        fleet(Fleet.fleet().with(model("m").serving(UseCase.CODE)).with(replica("p/m")));

        assertThat(rejections()).containsExactly(new Rejection.UseCaseNotServed(UseCase.CHAT));
    }

    @Test
    void capabilities_the_model_lacks() {
        fleet(Fleet.fleet().with(model("m").capabilities(Capability.TOOLS)).with(replica("p/m")));

        assertThat(rejections(request -> request.needing(Capability.TOOLS, Capability.VISION, Capability.AUDIO)))
                .containsExactly(new Rejection.MissingCapability(List.of(Capability.VISION, Capability.AUDIO)));
    }

    @Test
    void a_context_too_long_for_a_known_window() {
        fleet(Fleet.fleet().with(model("m").window(500)).with(replica("p/m")));

        assertThat(rejections(request -> request.maxOutput(100)))
                .containsExactly(new Rejection.ContextTooLong(900, 500));
    }

    @Test
    void a_window_no_larger_than_one_that_was_too_small() {
        fleet(Fleet.fleet().with(model("m").window(8000)).with(replica("p/m")));

        assertThat(rejections(request -> request, progress(1, List.of(), List.of(), 8000)))
                .containsExactly(new Rejection.ContextTooLong(8001, 8000));
        assertThat(rejections(request -> request, progress(1, List.of(), List.of(), 7999)))
                .isEmpty();
    }

    @Test
    void a_model_of_unknown_window_that_said_the_context_is_too_long() {
        assertThat(rejections(request -> request, after(1, FailureClass.CONTEXT_TOO_LONG)))
                .first()
                .isEqualTo(new Rejection.ContextTooLong(801, null));
    }

    @Test
    void reasoning_signatures_of_another_vendor() {
        assertThat(rejections(request -> request.signedBy("anthropic")))
                .containsExactly(new Rejection.NotPortable("anthropic"));
        assertThat(rejections(request -> request.signedBy("simulated"))).isEmpty();
    }

    @Test
    void what_the_dialect_lacks_refuses_when_it_must_not_be_lost() {
        Dialect poor = new Dialect("simulated", List.of(), Set.of(Construct.SEED, Construct.FILE));
        fleet(Fleet.fleet().with(model("m")).speaking("p", poor).with(replica("p/m")));

        assertThat(rejections(request -> request.saying(true, Construct.SEED, Construct.STOP)))
                .containsExactly(new Rejection.NotExpressible(List.of(Construct.SEED)));
        assertThat(rejections(request -> request.saying(false, Construct.SEED))).isEmpty();
        assertThat(rejections(request -> request.saying(false, Construct.SEED, Construct.FILE)))
                .containsExactly(new Rejection.NotExpressible(List.of(Construct.FILE)));
    }

    @Test
    void a_replica_the_call_has_left() {
        var left =
                new RoutingProgress.LeftReplica(new ReplicaId("p/m"), new ModelId("m"), 1, FailureClass.UPSTREAM_FAULT);

        assertThat(rejections(request -> request, progress(1, List.of(left), List.of(), 0)))
                .contains(new Rejection.AlreadyLeft(1, FailureClass.UPSTREAM_FAULT));
    }

    @Test
    void a_model_that_had_its_three_attempts() {
        assertThat(rejections(
                        request -> request, after(3, FailureClass.TIMEOUT, FailureClass.TIMEOUT, FailureClass.TIMEOUT)))
                .contains(new Rejection.ModelAttemptsSpent(3));
    }

    @Test
    void a_replica_that_drains() {
        fleet(Fleet.fleet().with(replica("p/m").phase(Phase.DRAINING)));

        assertThat(rejections()).containsExactly(new Rejection.InPhase(Phase.DRAINING, null));
        assertThat(rejections().getFirst().code()).isEqualTo("draining");
    }

    @Test
    void a_standby_while_an_active_replica_of_its_model_is_eligible() {
        fleet(Fleet.fleet().with(replica("p/m").phase(Phase.STANDBY)).with(replica("q/m")));

        assertThat(rejections()).containsExactly(new Rejection.InPhase(Phase.STANDBY, null));
        assertThat(rejections().getFirst().code()).isEqualTo("standby");
    }

    @Test
    void a_standby_is_not_held_back_by_another_model_or_by_an_active_one_that_is_refused() {
        fleet(Fleet.fleet()
                .with(replica("p/m").phase(Phase.STANDBY))
                .with(replica("q/other"))
                .with(replica("r/m").weight(0)));

        assertThat(rejections()).isEmpty();
    }

    @Test
    void an_operators_phase_goes_before_the_configured_one() {
        OperatorAction draining = Operators.phase(registry, Scope.replica("p/m"), Phase.DRAINING);
        assertThat(rejections()).containsExactly(new Rejection.InPhase(Phase.DRAINING, draining));

        Operators.phase(registry, Scope.replica("p/m"), null);
        assertThat(rejections()).isEmpty();
    }

    @Test
    void weight_zero() {
        fleet(Fleet.fleet().with(replica("p/m").weight(0)));

        assertThat(rejections()).containsExactly(new Rejection.WeightZero());
    }

    @Test
    void excluded_by_replica_model_or_provider() {
        for (String id : List.of("p/m", "m", "p")) {
            assertThat(rejections(request ->
                            request.under(demand().exclude("else", id).build())))
                    .containsExactly(new Rejection.Excluded(id));
        }
    }

    @Test
    void not_among_the_only_ones() {
        assertThat(rejections(request -> request.under(demand().only("q").build())))
                .containsExactly(new Rejection.NotInOnly());
        assertThat(rejections(request -> request.under(demand().only("q", "m").build())))
                .isEmpty();
    }

    @Test
    void names_are_compared_whole_so_that_13b_is_not_3b() {
        fleet(Fleet.fleet().with(replica("p/llama-13b").named("p/m")));

        assertThat(rejections(request -> request.under(demand().exclude("3b", "llama-3b", "/m", "p/", "P/M", "")
                        .build())))
                .isEmpty();
        assertThat(rejections(request -> request.under(demand().only("llama-13").build())))
                .containsExactly(new Rejection.NotInOnly());
    }

    @Test
    void remote_though_local_is_required_and_local_though_disabled() {
        assertThat(rejections(request ->
                        request.under(demand().local(Constraints.Local.REQUIRED).build())))
                .containsExactly(new Rejection.LocalRequired());

        fleet(Fleet.fleet().with(replica("p/m").local()));
        assertThat(rejections(request ->
                        request.under(demand().local(Constraints.Local.DISABLED).build())))
                .containsExactly(new Rejection.LocalDisabled());
    }

    @Test
    void tags_and_region_it_lacks() {
        fleet(Fleet.fleet().with(replica("p/m").tags("eu", "gdpr").region("fr")));

        assertThat(rejections(request ->
                        request.under(demand().tags("eu", "hipaa").region("de").build())))
                .containsExactly(new Rejection.MissingTag(List.of("hipaa")), new Rejection.MissingRegion("de"));
    }

    @Test
    void a_model_the_key_may_not_use() {
        fleet(Fleet.fleet().with(replica("p/m").tags("eu", "gdpr")));

        assertThat(rejections(allowed(List.of(ModelTier.MICRO), List.of(), List.of(), List.of())))
                .containsExactly(new Rejection.KeyNotAllowed("m"));
        assertThat(rejections(allowed(List.of(), List.of("other"), List.of(), List.of())))
                .containsExactly(new Rejection.KeyNotAllowed("m"));
        assertThat(rejections(allowed(List.of(), List.of(), List.of("q/m"), List.of())))
                .containsExactly(new Rejection.KeyNotAllowed("m"));
        assertThat(rejections(allowed(List.of(), List.of(), List.of(), List.of("us"))))
                .containsExactly(new Rejection.KeyNotAllowed("m"));
        assertThat(rejections(allowed(List.of(ModelTier.MID), List.of("m"), List.of("p/m"), List.of("us", "eu"))))
                .isEmpty();
        assertThat(rejections(allowed(List.of(ModelTier.MID), List.of("other"), List.of(), List.of())))
                .as("each list narrows")
                .containsExactly(new Rejection.KeyNotAllowed("m"));
    }

    private static Function<Requests, Requests> allowed(
            List<ModelTier> tiers, List<String> models, List<String> replicas, List<String> tags) {
        return request -> request.under(
                demand().allowed(new Allowed(tiers, models, replicas, tags)).build());
    }

    @Test
    void an_expected_price_above_the_cap() {
        fleet(Fleet.fleet().with(replica("p/m").price("1000", "0")));

        assertThat(rejections(request -> request.under(demand().maxCostUsd(0.5).build())))
                .containsExactly(new Rejection.PriceCap(0.5, 1.0));
    }

    @Test
    void marked_unhealthy_by_an_operator() {
        OperatorAction mark = Operators.mark(registry, Scope.replica("p/m"), false);

        assertThat(rejections()).containsExactly(new Rejection.MarkedUnhealthy(mark));
    }

    @Test
    void at_capacity() {
        fleet(Fleet.fleet().with(replica("p/m").limit(2)));
        past.entered("p/m");
        past.entered("p/m");

        assertThat(rejections()).containsExactly(new Rejection.AtCapacity(2, 2));
    }

    @Test
    void a_quota_that_denied_this_call_until_its_time() {
        long until = clock.nanos() + SECOND;
        var denied = new RoutingProgress.DeniedReplica(new ReplicaId("p/m"), "domain:d|requests|60", until);
        RoutingProgress progress = progress(0, List.of(), List.of(denied), 0);

        assertThat(rejections(request -> request, progress))
                .containsExactly(new Rejection.QuotaExhausted("domain:d|requests|60", until));
        clock.advance(Duration.ofSeconds(1));
        assertThat(rejections(request -> request, progress)).isEmpty();
    }

    @Test
    void cooling_down_after_a_429_until_its_retry_after() {
        past.failed("p/m", retryAfter(FailureClass.RATE_LIMITED, 3000), 1);
        long until = clock.nanos() + 3 * SECOND;

        assertThat(rejections()).containsExactly(new Rejection.CoolingDown(until, Failure.Scope.REPLICA));
        clock.advance(Duration.ofSeconds(3));
        assertThat(rejections()).isEmpty();
    }

    @Test
    void cooling_down_as_a_whole_provider() {
        fleet(Fleet.of("p/m", "p/other"));
        past.failed(
                "p/other",
                new Failure(
                        FailureClass.RATE_LIMITED,
                        Failure.Scope.PROVIDER,
                        dev.tierway.domain.failure.Processed.NO,
                        429,
                        1000L,
                        null,
                        ""),
                1);

        assertThat(rejections())
                .containsExactly(new Rejection.CoolingDown(clock.nanos() + SECOND, Failure.Scope.PROVIDER));
    }

    @Test
    void a_retry_budget_that_is_empty() {
        fleet(Fleet.of("p/m", "p/other"));
        var rule = new dev.tierway.domain.fleet.RetryBudget.Rule(0.2, 3);
        var replica = registry.catalogue().replica(new ReplicaId("p/other"));
        for (int i = 0; i < 3; i++) {
            registry.acquire(
                    new dev.tierway.domain.fleet.PermitRequest(replica, false, false, true, rule), clock.nanos());
        }
        var left = new RoutingProgress.LeftReplica(
                new ReplicaId("p/other"), new ModelId("other"), 1, FailureClass.TIMEOUT);

        assertThat(rejections(request -> request, progress(1, List.of(left), List.of(), 0)))
                .containsExactly(new Rejection.RetryBudgetEmpty("p"));
        assertThat(rejections()).as("first attempts aren't charged").isEmpty();
    }

    @Test
    void an_open_circuit_with_what_opened_it() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);

        Rejection.CircuitOpen open = (Rejection.CircuitOpen)
                verdict(Requests.tier(registry.catalogue()).build(), after(1, FailureClass.TIMEOUT))
                        .rejections()
                        .getFirst();
        assertThat(open.cause()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(open.scope()).isEqualTo(Failure.Scope.REPLICA);
        assertThat(open.untilNanos()).isBetween(clock.nanos() + 5 * SECOND, clock.nanos() + 6 * SECOND);
        assertThat(open.lastResortWorthTrying()).isTrue();
    }

    @Test
    void a_half_open_circuit_for_all_but_the_first_attempt_that_probes_it() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        clock.advance(Duration.ofSeconds(6));

        assertThat(rejections()).as("a first attempt may probe").isEmpty();
        assertThat(rejections(request -> request, after(1, FailureClass.TIMEOUT)))
                .hasOnlyElementsOfType(Rejection.CircuitOpen.class)
                .hasSize(1);

        past.probing("p/m");
        RequestFeatures features = Requests.tier(registry.catalogue()).build();
        Choice choice = TierAwareModelSelector.select(
                features,
                registry.snapshot(features.ask().candidates(), List.of(), clock.nanos()),
                Policies.policy().build(),
                RoutingProgress.START,
                clock.nanos(),
                1);
        assertThat(((Choice.Chosen) choice).because()).as("one probe at a time").isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void an_open_circuit_of_the_credential() {
        fleet(Fleet.of("p/m", "p/other"));
        past.failed("p/other", failure(FailureClass.CREDENTIAL), 1);

        Rejection.CircuitOpen open = (Rejection.CircuitOpen) rejections().getFirst();
        assertThat(open.scope()).isEqualTo(Failure.Scope.PROVIDER);
        assertThat(open.lastResortWorthTrying()).isFalse();
    }

    private void probedDead() {
        for (int i = 0; i < 2; i++) {
            registry.probed(past.view("p/m").replica(), ProbeResult.UNREACHABLE, clock.nanos(), 30 * SECOND);
        }
    }

    @Test
    void a_server_that_probes_found_dead_until_that_expires() {
        fleet(Fleet.of("p/m", "q/m"));
        probedDead();

        assertThat(rejections())
                .containsExactly(new Rejection.UnhealthyByProbe(clock.nanos() + 30 * SECOND, ProbeResult.UNREACHABLE));
        clock.advance(Duration.ofSeconds(30));
        assertThat(rejections()).isEmpty();
    }

    @Test
    void a_pinned_call_goes_to_a_server_that_probes_found_dead_and_says_so() {
        probedDead();

        Choice.Verdict verdict = verdict(pinned().build(), RoutingProgress.START);

        assertThat(verdict.eligible()).isTrue();
        assertThat(verdict.bypassed().stream().map(Rejection::code)).containsExactly("unhealthy");
    }

    @Test
    void ramping_admits_a_share_of_the_seeds_that_grows() {
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);
        clock.advance(Duration.ofSeconds(6));
        var probe = past.probing("p/m");
        registry.committed(probe, clock.nanos());

        assertThat(admitted()).isBetween(60, 140);
        clock.advance(Duration.ofSeconds(15));
        assertThat(admitted()).isBetween(500, 600);
        clock.advance(Duration.ofSeconds(15));
        assertThat(admitted()).isEqualTo(1000);
    }

    /** Of a thousand seeds, with somebody else there to be chosen. */
    private int admitted() {
        int admitted = 0;
        var view = past.view("p/m");
        for (int seed = 0; seed < 1000; seed++) {
            var situation = new Situation(
                    Requests.tier(registry.catalogue()).build(),
                    Policies.policy().build(),
                    RoutingProgress.START,
                    dev.tierway.domain.fleet.RetryBudget.EMPTY,
                    clock.nanos(),
                    seed);
            List<Rejection> rejections = new EligibilityFilter(situation).rejections(view);
            assertThat(rejections).allMatch(Rejection.Ramping.class::isInstance);
            admitted += rejections.isEmpty() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void every_reason_is_kept_in_the_chains_order() {
        fleet(Fleet.fleet()
                .with(model("m").serving(UseCase.CODE).window(10))
                .with(replica("p/m").weight(0).limit(1)));
        past.entered("p/m");

        assertThat(rejections().stream().map(Rejection::code))
                .containsExactly("use_case_not_served", "context_too_long", "weight_zero", "at_capacity");
    }

    @Test
    void a_pinned_call_skips_health_phase_and_weight_and_says_so() {
        fleet(Fleet.fleet().with(replica("p/m").weight(0).phase(Phase.DRAINING)));
        past.failed("p/m", failure(FailureClass.TIMEOUT), 5);

        Choice.Verdict verdict = verdict(pinned().build(), RoutingProgress.START);

        assertThat(verdict.eligible()).isTrue();
        assertThat(verdict.bypassed().stream().map(Rejection::code))
                .containsExactly("draining", "weight_zero", "circuit_open");
    }

    @Test
    void a_pinned_call_skips_nothing_else() {
        fleet(Fleet.fleet()
                .with(model("m").window(10).capabilities())
                .with(replica("p/m").limit(1)));
        past.entered("p/m");
        Operators.mark(registry, Scope.replica("p/m"), false);

        Choice.Verdict verdict = verdict(
                pinned().needing(Capability.TOOLS)
                        .under(demand().local(Constraints.Local.REQUIRED).build())
                        .build(),
                RoutingProgress.START);

        assertThat(verdict.rejections().stream().map(Rejection::code))
                .containsExactly(
                        "missing_capability", "context_too_long", "local_required", "marked_unhealthy", "at_capacity");
    }
}
