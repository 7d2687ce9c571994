package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Demand.demand;
import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Capability;
import dev.tierway.domain.catalogue.Construct;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ProbeResult;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The least that would put a candidate first: for every reason against it, and for every number it is compared by. */
class WhyNotTest {
    private static final long SECOND = 1_000_000_000L;
    /** Not one that a ramping circuit lets in at once. */
    private static final long SEED = 2;

    private static final UnaryOperator<Requests> ANY = request -> request;

    private static Views view(String id) {
        return Views.view(Replicas.replica(id).price("1", "1"), NOW);
    }

    private static WhyNot whyNot(
            List<ReplicaView> pool, UnaryOperator<Requests> asked, Policies policy, RoutingProgress progress) {
        RequestFeatures features =
                asked.apply(Requests.tier(Fleet.of("a/m").catalogue())).build();
        Choice choice = Situations.select(features, pool, policy, progress, SEED);
        Situation situation = Situations.with(features, policy, progress, SEED);
        return Objects.requireNonNull(WhyNot.of(new ReplicaId("a/m"), choice, situation));
    }

    private static WhyNot whyNot(ReplicaView... pool) {
        return whyNot(List.of(pool), ANY, policy(), RoutingProgress.START);
    }

    /** Without the rejection it would win: it is the cheaper of two. */
    private static List<ReplicaView> against(ReplicaView refused) {
        return List.of(
                refused,
                Views.view(Replicas.replica("b/m").price("900", "900"), NOW).build());
    }

    private static RoutingProgress after(RoutingProgress.LeftReplica left, RoutingProgress.DeniedReplica denied) {
        return new RoutingProgress(
                left == null ? 0 : 1,
                left == null ? List.of() : List.of(left),
                denied == null ? List.of() : List.of(denied),
                null,
                left == null ? null : new ProviderId("a"),
                List.of(),
                0,
                null,
                false,
                false,
                true,
                null);
    }

    private static RoutingProgress.LeftReplica left(String id) {
        return new RoutingProgress.LeftReplica(
                new ReplicaId(id), view(id).build().model().id(), 1, FailureClass.TIMEOUT);
    }

    static List<Arguments> refused() {
        List<Arguments> rows = new ArrayList<>();
        rows.add(row(view("a/m").of(Models.model("m").serving(UseCase.CODE)), new Change.UseCaseServed(UseCase.CHAT)));
        rows.add(row(
                view("a/m").of(Models.model("m").capabilities(Capability.JSON)),
                request -> request.needing(Capability.TOOLS, Capability.JSON),
                new Change.NeedsDropped(List.of(Capability.TOOLS))));
        rows.add(row(view("a/m").of(Models.model("m").window(500)), new Change.WindowAtLeast(801, 500)));
        rows.add(row(view("a/m"), request -> request.signedBy("anthropic"), new Change.SignaturesDropped("anthropic")));
        rows.add(row(
                view("a/m").speaking(new Dialect("simulated", List.of(), Set.of(Construct.SEED, Construct.STOP))),
                request -> request.saying(true, Construct.SEED, Construct.TOP_P),
                new Change.ConstructsDropped(List.of(Construct.SEED))));
        rows.add(Arguments.of(
                view("a/m").build(),
                ANY,
                policy().attempts(4, 1),
                after(left("x/m"), null),
                new Change.AttemptsPerModelAtLeast(2, 1)));
        rows.add(row(
                Views.view(Replicas.replica("a/m").price("1", "1").phase(Phase.DRAINING), NOW),
                new Change.PhaseActive(Phase.DRAINING)));
        rows.add(row(
                Views.view(Replicas.replica("a/m").price("1", "1").phase(Phase.STANDBY), NOW),
                new Change.PhaseActive(Phase.STANDBY)));
        rows.add(row(
                Views.view(Replicas.replica("a/m").price("1", "1").weight(0), NOW), new Change.WeightAtLeast(1, 0)));
        rows.add(row(
                view("a/m"),
                request -> request.under(demand().exclude("a", "z").build()),
                dropped(Change.Option.EXCLUDE, "a", "z")));
        rows.add(row(
                view("a/m"), request -> request.under(demand().only("b").build()), dropped(Change.Option.ONLY, "b")));
        rows.add(row(
                view("a/m"),
                request ->
                        request.under(demand().local(Constraints.Local.REQUIRED).build()),
                dropped(Change.Option.LOCAL, "required")));
        rows.add(row(
                Views.view(Replicas.replica("a/m").local(), NOW),
                request ->
                        request.under(demand().local(Constraints.Local.DISABLED).build()),
                dropped(Change.Option.LOCAL, "disabled")));
        rows.add(row(
                view("a/m"), request -> request.under(demand().tags("eu").build()), dropped(Change.Option.TAGS, "eu")));
        rows.add(row(
                view("a/m"),
                request -> request.under(demand().region("eu").build()),
                dropped(Change.Option.REGION, "eu")));
        rows.add(row(
                view("a/m"),
                request -> request.under(demand().allowed(new Allowed(List.of(), List.of("b"), List.of(), List.of()))
                        .build()),
                dropped(Change.Option.KEY_ALLOWS, "m")));
        rows.add(row(
                view("a/m"),
                request -> request.under(demand().maxCostUsd(0.000001).build()),
                dropped(Change.Option.MAX_COST_USD, "1.0E-6")));
        rows.add(row(view("a/m"), request -> request.ruledBy("eu", "b/m"), new Change.RuleLifted("eu")));
        rows.add(row(view("a/m").probedDead(SECOND), new Change.ProbeHealthy(ProbeResult.UNREACHABLE)));
        rows.add(row(view("a/m").marked("ann"), new Change.MarkWithdrawn("ann")));
        rows.add(row(
                Views.view(Replicas.replica("a/m").price("1", "1").limit(2), NOW)
                        .inFlight(2),
                new Change.SlotFree(2)));
        rows.add(Arguments.of(
                view("a/m").build(),
                ANY,
                policy(),
                after(null, new RoutingProgress.DeniedReplica(new ReplicaId("a/m"), "domain:d tokens", NOW + SECOND)),
                new Change.QuotaRefilled("domain:d tokens", SECOND)));
        rows.add(row(view("a/m").exhausted(NOW + SECOND), new Change.QuotaRefilled("domain:d requests", SECOND)));
        rows.add(
                row(view("a/m").resting(NOW + 3 * SECOND), new Change.CooldownOver(Failure.Scope.REPLICA, 3 * SECOND)));
        rows.add(row(
                view("a/m").providerResting(NOW + 3 * SECOND),
                new Change.CooldownOver(Failure.Scope.PROVIDER, 3 * SECOND)));
        rows.add(Arguments.of(
                view("a/m").retriesCharged(3).build(),
                ANY,
                policy(),
                after(left("a/other"), null),
                new Change.RetryBudgetRefilled("a")));
        ReplicaView open = view("a/m").opened(FailureClass.TIMEOUT).build();
        Long until = open.openUntilNanos(NOW);
        rows.add(Arguments.of(
                open,
                ANY,
                policy(),
                RoutingProgress.START,
                new Change.CircuitClosed(Failure.Scope.REPLICA, until == null ? null : until - NOW)));
        rows.add(row(view("a/m").ramping(NOW), new Change.RampOver(30 * SECOND)));
        return rows;
    }

    private static Change dropped(Change.Option option, String... values) {
        return new Change.OptionDropped(option, List.of(values));
    }

    private static Arguments row(Views view, Change expected) {
        return row(view, ANY, expected);
    }

    private static Arguments row(Views view, UnaryOperator<Requests> asked, Change expected) {
        return Arguments.of(view.build(), asked, policy(), RoutingProgress.START, expected);
    }

    @ParameterizedTest(name = "{4}")
    @MethodSource("refused")
    void what_refuses_it_is_to_be_taken_away(
            ReplicaView refused,
            UnaryOperator<Requests> asked,
            Policies policy,
            RoutingProgress progress,
            Change expected) {
        WhyNot answer = whyNot(against(refused), asked, policy, progress);

        assertThat(answer.first()).isFalse();
        assertThat(answer.reasons()).isNotEmpty();
        assertThat(answer.changes()).containsExactly(expected);
        assertThat(answer.fixed()).isEmpty();
    }

    @Test
    void who_was_left_in_this_call_stays_left() {
        WhyNot answer = whyNot(against(view("a/m").build()), ANY, policy(), after(left("a/m"), null));

        assertThat(answer.fixed()).containsExactly(new Rejection.AlreadyLeft(1, FailureClass.TIMEOUT));
        assertThat(answer.changes()).isEmpty();
    }

    @Test
    void a_lower_price_does_as_well_as_a_higher_cap() {
        ReplicaView dear =
                Views.view(Replicas.replica("a/m").price("2", "2"), NOW).build();
        WhyNot answer = whyNot(
                List.of(dear),
                request -> request.under(demand().maxCostUsd(0.001).build()),
                policy(),
                RoutingProgress.START);

        assertThat(answer.changes()).containsExactly(dropped(Change.Option.MAX_COST_USD, "0.001"));
        assertThat(answer.alternatives())
                .singleElement()
                .satisfies(other -> assertThat(other)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Change.PriceAtMost.class,
                                price -> assertThat(price.nanoUsd()).isBetween(990_000L, 1_000_000L)));
    }

    @Test
    void a_dearer_one_would_have_to_cost_no_more_than_the_best_one() {
        WhyNot answer = whyNot(
                Views.view(Replicas.replica("a/m").price("9", "9"), NOW).build(),
                Views.view(Replicas.replica("b/m").price("2", "2"), NOW).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.PRICE);
        assertThat(answer.ahead()).isNotNull();
        assertThat(answer.behindUsd()).isGreaterThan(0.008);
        assertThat(answer.changes()).singleElement().isInstanceOfSatisfying(Change.PriceAtMost.class, price -> {
            // 1,256 tokens at 2 dollars a million.
            assertThat(price.nanoUsd()).isBetween(2_500_000L, 2_513_000L);
            assertThat(price.now()).isEqualTo(11_304_000L);
            assertThat(price.known()).isTrue();
        });
    }

    @Test
    void a_slower_one_would_have_to_be_faster() {
        WhyNot answer = whyNot(
                view("a/m").latency(8, 8).build(), view("b/m").latency(1, 1).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.LATENCY);
        assertThat(answer.changes()).singleElement().isInstanceOfSatisfying(Change.LatencyAtMost.class, latency -> {
            // 1 s + 256 tokens of 20 ms.
            assertThat(latency.micros()).isBetween(6_100_000L, 6_120_000L);
            assertThat(latency.now()).isEqualTo(48_960_000L);
        });
    }

    @Test
    void one_that_fails_more_often_would_have_to_succeed_more_often() {
        WhyNot answer = whyNot(
                view("a/m").results(50, 30).build(), view("b/m").results(80, 5).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.FAILURE);
        assertThat(single(answer, Change.SuccessAtLeast.class).tenThousandths()).isBetween(9300L, 9990L);
    }

    @Test
    void one_whose_quota_runs_low_would_need_more_headroom() {
        WhyNot answer = whyNot(
                Views.view(Replicas.replica("a/m").price("4", "4"), NOW)
                        .headroom(0.1)
                        .build(),
                Views.view(Replicas.replica("b/m").price("4.5", "4.5"), NOW).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.QUOTA_PRESSURE);
        assertThat(single(answer, Change.HeadroomAtLeast.class).thousandths()).isBetween(400L, 499L);
    }

    @Test
    void a_busier_one_would_need_fewer_calls_in_flight() {
        WhyNot answer = whyNot(
                Views.view(Replicas.replica("a/m").price("1", "1").limit(10), NOW)
                        .inFlight(8)
                        .build(),
                Views.view(Replicas.replica("b/m").price("1", "1").limit(10), NOW)
                        .inFlight(4)
                        .build());

        assertThat(single(answer, Change.InFlightAtMost.class).calls()).isBetween(3, 4);
    }

    @Test
    void what_one_number_cannot_do_two_may() {
        WhyNot answer = whyNot(
                Views.view(Replicas.replica("a/m").price("50", "50"), NOW)
                        .latency(50, 50)
                        .build(),
                Views.view(Replicas.replica("b/m").price("1", "1"), NOW)
                        .latency(0.5, 0.5)
                        .build());

        assertThat(answer.changes()).extracting(Change::code).containsExactly("price_at_most", "latency_at_most");
    }

    @Test
    void nothing_helps_against_the_local_bonus_alone() {
        WhyNot answer = whyNot(
                List.of(
                        view("a/m").build(),
                        Views.view(Replicas.replica("b/m").local(), NOW).build()),
                ANY,
                policy().localBonus(5),
                RoutingProgress.START);

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.LOCAL_BONUS);
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.fixed()).isEmpty();
    }

    @Test
    void a_rejection_and_a_number_may_both_be_needed() {
        WhyNot answer = whyNot(
                Views.view(Replicas.replica("a/m").price("9", "9").weight(0), NOW)
                        .build(),
                view("b/m").build());

        assertThat(answer.changes()).extracting(Change::code).containsExactly("weight_at_least", "price_at_most");
    }

    @Test
    void the_chosen_one_needs_nothing() {
        WhyNot answer = whyNot(view("a/m").build());

        assertThat(answer.chosen()).isTrue();
        assertThat(answer.changes()).isEmpty();
    }

    @Test
    void a_stranger_is_no_candidate() {
        Choice choice = Situations.select(List.of(view("a/m").build()), policy(), 1);

        assertThat(WhyNot.of(new ReplicaId("z/m"), choice, Situations.first(Situations.request(), policy())))
                .isNull();
    }

    @Test
    void under_priority_its_priority_counts() {
        WhyNot answer = under(
                Strategy.PRIORITY,
                Views.view(Replicas.replica("b/m").priority(3), NOW).build(),
                Views.view(Replicas.replica("a/m").priority(7), NOW).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.PRIORITY);
        assertThat(answer.changes()).containsExactly(new Change.PriorityAtMost(2, 7));
    }

    @Test
    void under_weighted_its_weight_counts() {
        WhyNot answer = under(
                Strategy.WEIGHTED,
                Views.view(Replicas.replica("b/m").weight(9), NOW).build(),
                Views.view(Replicas.replica("a/m").weight(1), NOW).build());

        assertThat(answer.changes()).containsExactly(new Change.WeightAtLeast(9, 1));
    }

    @Test
    void under_weighted_the_weights_of_a_route_count() {
        WhyNot answer = whyNot(
                List.of(view("b/m").build(), view("a/m").build()),
                request -> request.weighing("b/m", 0.9).weighing("a/m", 0.1),
                policy().strategy(Strategy.WEIGHTED),
                RoutingProgress.START);

        assertThat(answer.changes()).containsExactly(new Change.WeightAtLeast(0.9, 0.1));
    }

    @Test
    void under_round_robin_its_turn_counts() {
        WhyNot answer = under(
                Strategy.ROUND_ROBIN,
                view("b/m").lastUsed(NOW - 9).build(),
                view("a/m").lastUsed(NOW - 1).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.LAST_USED);
        assertThat(answer.changes()).containsExactly(new Change.UsedLongestAgo());
    }

    @Test
    void under_single_its_place_counts() {
        WhyNot answer = under(Strategy.SINGLE, view("b/m").build(), view("a/m").build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.DECLARED_ORDER);
        assertThat(answer.changes()).containsExactly(new Change.DeclaredFirst());
    }

    @Test
    void under_least_requests_its_calls_in_flight_count() {
        WhyNot answer = under(
                Strategy.LEAST_REQUESTS,
                view("b/m").inFlight(2).build(),
                view("a/m").inFlight(5).build());

        assertThat(answer.decidedBy()).isEqualTo(DecidedBy.LOAD);
        assertThat(single(answer, Change.InFlightAtMost.class).calls()).isBetween(1, 2);
    }

    private static WhyNot under(Strategy strategy, ReplicaView... pool) {
        return whyNot(List.of(pool), ANY, policy().strategy(strategy), RoutingProgress.START);
    }

    /** Of the smallest sets the one that turns that. */
    private static <T extends Change> T single(WhyNot answer, Class<T> type) {
        List<List<Change>> sets = new ArrayList<>(answer.alternatives());
        sets.add(answer.changes());
        return sets.stream()
                .filter(set -> set.size() == 1 && type.isInstance(set.getFirst()))
                .map(set -> type.cast(set.getFirst()))
                .findFirst()
                .orElseThrow();
    }
}
