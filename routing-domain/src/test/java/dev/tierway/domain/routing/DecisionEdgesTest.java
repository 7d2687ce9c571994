package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Demand.demand;
import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.chosen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The edges of what decides: caps, last attempts, verdicts on failures, medians, who leads. */
class DecisionEdgesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double EXACT = 1e-12;

    private static Views view(String id, String price) {
        return Views.view(Replicas.replica(id).price(price, price), NOW);
    }

    private static Requests request() {
        return Requests.tier(Fleet.of("p/m").catalogue());
    }

    private static RoutingProgress progress(int sent, ProviderId last, boolean lastAttempt, Long parkLimit) {
        return new RoutingProgress(
                sent, List.of(), List.of(), null, last, List.of(), 0, null, false, lastAttempt, true, parkLimit);
    }

    private static Choice select(RequestFeatures features, RoutingProgress progress, ReplicaView... pool) {
        return Situations.select(features, List.of(pool), policy(), progress, 1);
    }

    private static List<Rejection> rejections(Requests asked, ReplicaView view) {
        return select(asked.build(), RoutingProgress.START, view)
                .verdicts()
                .getFirst()
                .rejections();
    }

    @Test
    void a_price_at_the_cap_is_not_above_it_and_an_unknown_one_is_not_below() {
        ReplicaView unpriced =
                Views.view(Replicas.replica("a/m").unpriced(), NOW).build();

        assertThat(rejections(
                        request().under(demand().maxCostUsd(0).build()),
                        view("a/m", "0").build()))
                .isEmpty();
        assertThat(rejections(request().under(demand().maxCostUsd(9).build()), unpriced))
                .containsExactly(new Rejection.PriceCap(9, null));
    }

    @Test
    void a_last_attempt_says_so_where_the_index_decided() {
        ReplicaView best = view("a/m", "1").build();
        ReplicaView worse = view("b/m", "9").build();
        RequestFeatures features = request().build();

        assertThat(because(select(features, progress(3, null, true, null), best, worse)))
                .isEqualTo(Choice.Because.LAST_ATTEMPT);
        assertThat(because(select(features, progress(2, null, false, null), best, worse)))
                .isEqualTo(Choice.Because.BEST_INDEX);
        assertThat(because(Situations.select(
                        features,
                        List.of(best, worse),
                        policy().strategy(Strategy.COST),
                        progress(3, null, true, null),
                        1)))
                .isEqualTo(Choice.Because.STRATEGY);
    }

    private static Choice.Because because(Choice choice) {
        return ((Choice.Chosen) choice).because();
    }

    @Test
    void the_index_of_a_last_attempt_is_the_chance_of_an_answer_worth_a_dollar_and_the_local_bonus() {
        ReplicaView local = Views.view(Replicas.replica("a/m").local().price("1", "1"), NOW)
                .results(10, 10)
                .build();
        Situation last =
                Situations.with(Situations.request(), policy().localBonus(0.3), progress(3, null, true, null), 1);
        Score score = Situations.scores(List.of(local), last).getFirst();
        double failureCost = -score.failureTerm() * score.success() / (1 - score.success());

        assertThat(score.localBonus()).isEqualTo(0.3);
        assertThat(score.index())
                .isCloseTo(
                        score.success() * (1 + 0.3 - score.successCost()) - (1 - score.success()) * failureCost,
                        within(EXACT));
    }

    @Test
    void under_adaptive_the_model_is_chosen_before_a_due_probe_of_another() {
        Choice choice = select(
                request().build(),
                RoutingProgress.START,
                view("a/m", "1").build(),
                view("b/n", "50").halfOpen().build());

        assertThat(chosen(choice)).isEqualTo("a/m");
    }

    @Test
    void a_circuit_about_to_half_open_is_not_waited_for() {
        ReplicaView open = view("a/m", "1").opened(FailureClass.TIMEOUT).build();

        Choice choice = select(request().build(), progress(0, null, false, NOW + 60 * SECOND), open);

        assertThat(because(choice)).isEqualTo(Choice.Because.LAST_RESORT);
    }

    @Test
    void a_full_replica_has_no_time_at_which_to_come_again() {
        ReplicaView full =
                Views.view(Replicas.replica("a/m").limit(1), NOW).inFlight(1).build();

        Choice choice = select(request().build(), RoutingProgress.START, full);

        assertThat(((Choice.Nobody) choice).refusal()).isEqualTo(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, null));
    }

    private static SpilloverVerdict after(SpilloverPolicy.Standing standing, FailureClass kind, Policies policy) {
        return SpilloverPolicy.after(failure(kind), standing, policy.build());
    }

    private static SpilloverPolicy.Standing standing(
            int sent, boolean committed, boolean pinned, boolean lastResort, boolean mayStart) {
        return new SpilloverPolicy.Standing(sent, committed, pinned, lastResort, mayStart);
    }

    @Test
    void what_forbids_another_attempt_is_told_in_its_order() {
        SpilloverPolicy.Standing all = standing(4, true, true, true, false);

        assertThat(why(all)).isEqualTo(SpilloverVerdict.GiveUp.Why.COMMITTED);
        assertThat(why(standing(4, false, true, true, false))).isEqualTo(SpilloverVerdict.GiveUp.Why.PINNED);
        assertThat(why(standing(4, false, false, true, false))).isEqualTo(SpilloverVerdict.GiveUp.Why.LAST_RESORT);
        assertThat(why(standing(4, false, false, false, false))).isEqualTo(SpilloverVerdict.GiveUp.Why.ATTEMPTS_SPENT);
        assertThat(why(standing(3, false, false, false, false))).isEqualTo(SpilloverVerdict.GiveUp.Why.TIME_SPENT);
    }

    private static SpilloverVerdict.GiveUp.Why why(SpilloverPolicy.Standing standing) {
        return ((SpilloverVerdict.GiveUp) after(standing, FailureClass.UPSTREAM_FAULT, policy())).why();
    }

    @Test
    void the_class_says_whether_another_attempt_makes_sense_and_which() {
        SpilloverPolicy.Standing free = standing(3, false, false, false, true);
        SpilloverVerdict no = new SpilloverVerdict.GiveUp(SpilloverVerdict.GiveUp.Why.CLASS);

        assertThat(after(free, FailureClass.UPSTREAM_FAULT, policy()))
                .isEqualTo(new SpilloverVerdict.TryAnother(false, false));
        assertThat(after(free, FailureClass.RATE_LIMITED, policy()))
                .isEqualTo(new SpilloverVerdict.TryAnother(true, false));
        assertThat(after(free, FailureClass.CONTEXT_TOO_LONG, policy()))
                .isEqualTo(new SpilloverVerdict.TryAnother(false, true));
        assertThat(after(free, FailureClass.INVALID_REQUEST, policy())).isEqualTo(no);
        assertThat(after(free, FailureClass.CONTENT_POLICY, policy())).isEqualTo(no);
        assertThat(after(free, FailureClass.CONTENT_POLICY, policy().spillingOnContentPolicy()))
                .isEqualTo(new SpilloverVerdict.TryAnother(false, false));
    }

    @Test
    void attempts_that_burden_a_provider_already_in_trouble_are_charged() {
        ProviderId a = new ProviderId("a");
        ProviderId b = new ProviderId("b");
        RoutingProgress second = progress(1, a, false, null);

        assertThat(RoutingProgress.START.charged(a, false))
                .as("a first attempt")
                .isFalse();
        assertThat(second.charged(a, true)).as("stays on the provider").isTrue();
        assertThat(second.charged(b, true)).as("a healthy other one").isFalse();
        assertThat(second.charged(b, false)).as("a sick other one").isTrue();
        RoutingProgress beside = new RoutingProgress(
                1,
                List.of(new RoutingProgress.LeftReplica(new ReplicaId("a/m"), new ModelId("m"), 1, null)),
                List.of(),
                null,
                null,
                List.of(),
                0,
                null,
                false,
                false,
                false,
                null);
        assertThat(beside.charged(b, true)).as("beside one that runs").isTrue();
    }

    @Test
    void an_estimate_has_no_negative_input_and_asks_for_something() {
        assertThat(new TokenEstimate(0, 1L, 1).choices()).isEqualTo(1);
        assertThatThrownBy(() -> new TokenEstimate(-1, null, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenEstimate(0, -1L, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenEstimate(0, null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void policies_are_checked() {
        assertThat(policy().latencyValue(0)
                        .weights(0, 0, 0, 0)
                        .attempts(1, 1)
                        .build()
                        .latencyValueUsdPerSecond())
                .isZero();
        assertThat(policy().attempts(20, 1)
                        .retryBudget(0, 0)
                        .build()
                        .spillover()
                        .attempts())
                .isEqualTo(20);
        assertThat(policy().exploration(0.5).build()).isNotNull();
        assertThatThrownBy(() -> policy().latencyValue(-0.1).build()).hasMessageContaining("must be 0 or more");
        assertThatThrownBy(() -> policy().latencyValue(Double.NaN).build()).hasMessageContaining("must be 0 or more");
        assertThatThrownBy(() -> policy().weights(-1, 0, 0, 0)).hasMessage("weights must be 0 or more");
        assertThatThrownBy(() -> policy().weights(0, -1, 0, 0)).hasMessage("weights must be 0 or more");
        assertThatThrownBy(() -> policy().weights(0, 0, -1, 0)).hasMessage("weights must be 0 or more");
        assertThatThrownBy(() -> policy().weights(0, 0, 0, Double.NaN)).hasMessage("weights must be 0 or more");
        assertThatThrownBy(() -> policy().attempts(0, 1)).hasMessageContaining("attempts must be 1 to 20");
        assertThatThrownBy(() -> policy().attempts(21, 1)).hasMessageContaining("attempts must be 1 to 20");
        assertThatThrownBy(() -> policy().attempts(4, 0)).hasMessageContaining("attempts-per-model 1 or more");
        assertThatThrownBy(() -> policy().retryBudget(-0.1, 0)).hasMessageContaining("retry-budget 0 or more");
        assertThatThrownBy(() -> policy().retryBudget(0.1, -1)).hasMessageContaining("retry-budget 0 or more");
    }

    @Test
    void an_unknown_price_is_taken_for_the_dearest_known_wherever_that_stands() {
        ReplicaView unpriced =
                Views.view(Replicas.replica("u/m").unpriced(), NOW).build();
        double dearest = 1256 * 9e-6;

        for (List<String> prices : List.of(List.of("9", "2", "5"), List.of("2", "9", "5"), List.of("2", "5", "9"))) {
            List<ReplicaView> pool = List.of(
                    view("a/m", prices.get(0)).build(),
                    view("b/m", prices.get(1)).build(),
                    view("c/m", prices.get(2)).build(),
                    unpriced);
            assertThat(Situations.scores(pool, policy()).getLast().priceUsd())
                    .as("%s", prices)
                    .isCloseTo(dearest, within(EXACT));
        }
    }

    @Test
    void scarce_quota_presses_by_the_median_of_what_is_charged() {
        ReplicaView scarce = view("s/m", "1").headroom(0.25).build();
        ReplicaView unpriced =
                Views.view(Replicas.replica("l/m").local().unpriced(), NOW).build();

        for (List<String> prices : List.of(List.of("5", "9"), List.of("9", "5"))) {
            List<ReplicaView> pool = List.of(
                    scarce,
                    view("a/m", prices.get(0)).build(),
                    view("b/m", prices.get(1)).build(),
                    unpriced,
                    unpriced);
            assertThat(Situations.scores(pool, policy()).getFirst().quotaPressure())
                    .as("1, 5 and 9: half of five dollars a million, %s", prices)
                    .isCloseTo(-0.5 * 1256 * 5e-6, within(EXACT));
        }
    }

    @Test
    void who_was_never_measured_is_as_fast_as_the_median_of_its_siblings() {
        Views unmeasured = view("u/m", "1");
        for (List<Double> ratios : List.of(List.of(1.0, 3.0, 2.0), List.of(3.0, 2.0, 1.0), List.of(2.0, 1.0, 3.0))) {
            List<ReplicaView> pool = List.of(
                    unmeasured.build(),
                    view("a/m", "1").latency(ratios.get(0), 1).build(),
                    view("b/m", "1").latency(ratios.get(1), 1).build(),
                    view("c/m", "1").latency(ratios.get(2), 1).build());
            assertThat(Situations.scores(pool, policy()).getFirst().ttftNanos())
                    .as("%s", ratios)
                    .isEqualTo(2e9);
        }
    }

    @Test
    void a_newcomer_is_credited_with_what_its_siblings_achieve_without_itself() {
        List<ReplicaView> pool = List.of(
                view("a/m", "1").results(10, 50).build(),
                view("b/m", "1").results(97, 3).build());

        assertThat(Situations.scores(pool, policy()).getFirst().success())
                .isCloseTo((10 + 20 * 0.97) / (60 + 20), within(EXACT));
    }

    private static Scene scene(int at, RequestFeatures features, Policies policy, ReplicaView... pool) {
        return new Scene(Situations.first(features, policy), List.of(pool), at);
    }

    @Test
    void where_nobody_is_eligible_the_last_resort_leads() {
        ReplicaView likelier =
                view("a/m", "1").results(90, 10).opened(FailureClass.TIMEOUT).build();
        ReplicaView sicker =
                view("b/m", "1").results(10, 90).opened(FailureClass.TIMEOUT).build();
        RequestFeatures excludingAll =
                request().under(demand().exclude("m").build()).build();

        assertThat(scene(0, request().build(), policy(), likelier, sicker).leads())
                .isTrue();
        assertThat(scene(1, request().build(), policy(), likelier, sicker).leads())
                .isFalse();
        assertThat(scene(0, excludingAll, policy(), likelier, sicker).leads()).isFalse();
    }

    @Test
    void declared_first_is_first_of_all_and_the_others_keep_their_order() {
        ReplicaView a = view("a/m", "1").build();
        ReplicaView b = view("b/m", "1").build();
        ReplicaView c = view("c/m", "1").build();

        Scene first = scene(2, request().build(), policy(), a, b, c).first();

        assertThat(first.pool()).containsExactly(c, a, b);
        assertThat(first.at()).isZero();
        assertThat(first.view()).isSameAs(c);
    }

    @Test
    void of_the_heaviest_alike_each_is_first() {
        ReplicaView a = Views.view(Replicas.replica("a/m").weight(3), NOW).build();
        ReplicaView b = Views.view(Replicas.replica("b/m").weight(3), NOW).build();
        ReplicaView light = Views.view(Replicas.replica("c/m").weight(2), NOW).build();
        Policies weighted = policy().strategy(Strategy.WEIGHTED);

        assertThat(scene(0, request().build(), weighted, a, b, light).leads()).isTrue();
        assertThat(scene(1, request().build(), weighted, a, b, light).leads()).isTrue();
        assertThat(scene(2, request().build(), weighted, a, b, light).leads()).isFalse();
    }

    private static Change remedy(Rejection rejection, Views view) {
        return Remedies.of(rejection, scene(0, request().build(), policy(), view.build()));
    }

    @Test
    void remedies_tell_the_time_left_and_none_where_nothing_helps() {
        Views view = view("a/m", "1");

        assertThat(remedy(new Rejection.ContextTooLong(900, 500), view)).isEqualTo(new Change.WindowAtLeast(900, 500));
        assertThat(remedy(new Rejection.ContextTooLong(Integer.MAX_VALUE, 500), view))
                .isEqualTo(new Change.WindowAtLeast(Integer.MAX_VALUE, 500));
        assertThat(remedy(new Rejection.ContextTooLong(Integer.MAX_VALUE + 1L, 500), view))
                .isNull();
        assertThat(remedy(new Rejection.ContextTooLong(900, null), view)).isNull();
        assertThat(remedy(new Rejection.QuotaExhausted("d", NOW + 7), view))
                .isEqualTo(new Change.QuotaRefilled("d", 7L));
        assertThat(remedy(new Rejection.QuotaExhausted("d", null), view))
                .isEqualTo(new Change.QuotaRefilled("d", null));
        assertThat(remedy(new Rejection.CircuitOpen(NOW + 7, Failure.Scope.REPLICA, FailureClass.TIMEOUT), view))
                .isEqualTo(new Change.CircuitClosed(Failure.Scope.REPLICA, 7L));
        assertThat(remedy(new Rejection.CircuitOpen(NOW, Failure.Scope.REPLICA, FailureClass.TIMEOUT), view))
                .as("half open: its probe has to succeed")
                .isEqualTo(new Change.CircuitClosed(Failure.Scope.REPLICA, null));
    }

    @Test
    void a_ramp_is_over_when_its_own_and_its_credentials_are() {
        Rejection ramping = new Rejection.Ramping(0.1);

        assertThat(remedy(ramping, view("a/m", "1").ramping(NOW - 10 * SECOND)))
                .isEqualTo(new Change.RampOver(20 * SECOND));
        assertThat(remedy(ramping, view("a/m", "1").credentialRamping(NOW - 5 * SECOND)))
                .isEqualTo(new Change.RampOver(25 * SECOND));
        assertThat(remedy(ramping, view("a/m", "1").ramping(NOW - 10 * SECOND).credentialRamping(NOW - 5 * SECOND)))
                .isEqualTo(new Change.RampOver(25 * SECOND));
        assertThat(remedy(ramping, view("a/m", "1").ramping(NOW - 5 * SECOND).credentialRamping(NOW - 10 * SECOND)))
                .isEqualTo(new Change.RampOver(25 * SECOND));
    }

    @Test
    void dropping_an_exclusion_drops_what_names_the_replica_only() {
        RequestFeatures excluding =
                request().under(demand().exclude("a", "z", "m").build()).build();

        assertThat(Requested.without(
                                Change.Option.EXCLUDE,
                                List.of(),
                                excluding,
                                view("a/m", "1").build())
                        .constraints()
                        .exclude())
                .containsExactly("z");
    }

    @Test
    void a_denial_taken_back_leaves_those_of_others() {
        RoutingProgress.DeniedReplica own =
                new RoutingProgress.DeniedReplica(new ReplicaId("a/m"), "domain:d tokens", NOW + 9);
        RoutingProgress.DeniedReplica others =
                new RoutingProgress.DeniedReplica(new ReplicaId("b/m"), "domain:d tokens", NOW + 9);
        RoutingProgress denied = new RoutingProgress(
                0, List.of(), List.of(own, others), null, null, List.of(), 0, null, false, false, true, null);

        Situation allowed = Requested.allowed(
                new ReplicaId("a/m"), Situations.with(request().build(), policy(), denied, 1));

        assertThat(allowed.progress().denied()).containsExactly(others);
    }

    @Test
    void prompts_that_differ_have_hashes_of_their_own() {
        PrefixHashes one = new PrefixHashes(new long[] {1}, new int[] {1500});
        PrefixHashes other = new PrefixHashes(new long[] {2}, new int[] {1500});

        assertThat(one).hasSameHashCodeAs(new PrefixHashes(new long[] {1}, new int[] {1500}));
        assertThat(one.inSession(5).hashCode()).isNotEqualTo(other.inSession(5).hashCode());
        assertThat(one.inSession(5).hashCode()).isNotEqualTo(one.inSession(6).hashCode());
    }

    @Test
    void words_for_how_much_was_asked() {
        assertThat(Ask.Level.REPLICA.id()).isEqualTo("replica");
        Strategies strategies = new Strategies(List.of());
        assertThat(strategies.knows(Strategy.COST)).isTrue();
        assertThat(strategies.knows(new Strategy("lost"))).isFalse();
        assertThat(SpilloverVerdict.GiveUp.Why.ATTEMPTS_SPENT.id()).isEqualTo("attempts_spent");
    }
}
