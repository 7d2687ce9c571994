package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which term made the difference, with terms given by hand, and what ties are put down to. */
class DecidedByTest {
    private static final RoutingProgress LAST =
            new RoutingProgress(3, List.of(), List.of(), null, null, List.of(), 0, null, false, true, false, null);

    /** The terms of a score in their order; of it only the probability of success matters besides. */
    private static Candidate candidate(
            double success, double bonus, double price, double latency, double pressure, double failure) {
        return candidate(success, bonus, price, latency, pressure, failure, 0);
    }

    private static Candidate candidate(
            double success,
            double bonus,
            double price,
            double latency,
            double pressure,
            double failure,
            double quality) {
        ReplicaView view = Views.view(replica(0), NOW)
                .of(Models.model("m").quality(UseCase.CHAT, quality))
                .build();
        return new Candidate(
                view, new Score(0, success, bonus, price, latency, pressure, failure, 0, 0, 0, 0, true, true), 0);
    }

    private static DecidedBy term(Candidate ahead, Candidate behind, RoutingProgress progress) {
        return DecidedBy.term(ahead, behind, Situations.with(Situations.request(), policy(), progress, 1));
    }

    private static DecidedBy first(Candidate ahead, Candidate behind) {
        return term(ahead, behind, RoutingProgress.START);
    }

    @Test
    void equal_terms_decide_nothing() {
        Candidate one = candidate(0.9, 0.1, -0.2, -0.3, -0.4, -0.5, 0.6);

        assertThat(first(one, one)).isNull();
        assertThat(term(one, one, LAST)).isNull();
    }

    @Test
    void the_largest_difference_in_its_favour_decides_whatever_the_terms_add_up_to() {
        Candidate behind = candidate(0.9, 0.5, -0.5, -0.5, -0.5, -0.5, 0.5);

        assertThat(first(candidate(0.9, 0.53, -0.48, -0.48, -0.48, -0.48, 0.52), behind))
                .isEqualTo(DecidedBy.LOCAL_BONUS);
        assertThat(first(candidate(0.9, 0.52, -0.47, -0.48, -0.48, -0.48, 0.52), behind))
                .isEqualTo(DecidedBy.PRICE);
        assertThat(first(candidate(0.9, 0.52, -0.48, -0.47, -0.48, -0.48, 0.52), behind))
                .isEqualTo(DecidedBy.LATENCY);
        assertThat(first(candidate(0.9, 0.52, -0.48, -0.48, -0.47, -0.48, 0.52), behind))
                .isEqualTo(DecidedBy.QUOTA_PRESSURE);
        assertThat(first(candidate(0.9, 0.52, -0.48, -0.48, -0.48, -0.47, 0.52), behind))
                .isEqualTo(DecidedBy.FAILURE);
        assertThat(first(candidate(0.9, 0.52, -0.48, -0.48, -0.48, -0.48, 0.53), behind))
                .isEqualTo(DecidedBy.QUALITY);
    }

    @Test
    void who_is_behind_in_everything_but_one_term_is_ahead_by_that_one() {
        Candidate behind = candidate(0.9, 0.5, -0.1, -0.1, -0.1, -0.1, 0.5);

        assertThat(first(candidate(0.9, 0.4, -0.2, -0.09, -0.2, -0.2, 0.4), behind))
                .isEqualTo(DecidedBy.LATENCY);
    }

    @Test
    void in_a_last_attempt_the_chance_of_any_answer_counts_as_failure() {
        Candidate likely = candidate(0.9, 0, -0.1, 0, 0, 0);
        Candidate unlikely = candidate(0.5, 0, -0.2, 0, 0, 0);

        // 0.9 · 1 − 0.5 · 1, against −0.09 + 0.1 for the price.
        assertThat(term(likely, unlikely, LAST)).isEqualTo(DecidedBy.FAILURE);
        assertThat(first(likely, unlikely)).as("before, the terms alone").isEqualTo(DecidedBy.PRICE);
    }

    @Test
    void in_a_last_attempt_terms_count_as_often_as_the_attempt_succeeds() {
        Candidate cheap = candidate(0.5, 0, -0.2, -0.1, 0, 0);
        Candidate dear = candidate(0.9, 0, -0.3, -0.1, 0, 0);

        // −0.1 + 0.27 for the price, −0.05 + 0.09 for the wait, 0.5 − 0.9 for the answer.
        assertThat(term(cheap, dear, LAST)).isEqualTo(DecidedBy.PRICE);
        assertThat(term(candidate(0.5, 0, -0.2, -0.02, 0, 0), candidate(0.9, 0, -0.13, -0.1, 0, 0), LAST))
                .as("-0.1 + 0.117 for the price, -0.01 + 0.09 for the wait")
                .isEqualTo(DecidedBy.LATENCY);
    }

    @Test
    void terms_are_named_as_the_explanation_writes_them() {
        assertThat(DecidedBy.MODEL_IN_HAND.id()).isEqualTo("model_in_hand");
    }

    private static Views view(String id) {
        return Views.view(Replicas.replica(id).price("1", "1"), NOW);
    }

    private static RunnerUp runnerUp(List<ReplicaView> pool, Policies policy, RoutingProgress progress) {
        return runnerUp(Situations.request(), pool, policy, progress);
    }

    private static RunnerUp runnerUp(
            RequestFeatures features, List<ReplicaView> pool, Policies policy, RoutingProgress progress) {
        Choice choice = Situations.select(features, pool, policy, progress, 1);
        return Objects.requireNonNull(
                RunnerUp.of((Choice.Chosen) choice, Situations.with(features, policy, progress, 1)));
    }

    @ParameterizedTest
    @EnumSource(
            value = BuiltInStrategy.class,
            names = {"ADAPTIVE", "ROUND_ROBIN", "WEIGHTED", "LEAST_REQUESTS", "LATENCY", "COST"})
    void of_equals_chance_decides_under_strategies_that_draw(BuiltInStrategy strategy) {
        List<ReplicaView> pool = List.of(view("a/m").build(), view("b/m").build());

        assertThat(runnerUp(pool, policy().strategy(strategy), RoutingProgress.START)
                        .decidedBy())
                .isEqualTo(DecidedBy.CHANCE);
    }

    @Test
    void of_equal_priorities_and_in_a_route_the_declared_order_decides() {
        List<ReplicaView> equal = List.of(view("a/m").build(), view("b/m").build());
        List<ReplicaView> prior = List.of(
                Views.view(Replicas.replica("a/m").priority(1), NOW).build(),
                Views.view(Replicas.replica("b/m").priority(2), NOW).build());
        RequestFeatures routed =
                Requests.tier(Fleet.of("p/m").catalogue()).route("support").build();
        Policies priority = policy().strategy(Strategy.PRIORITY);

        assertThat(runnerUp(equal, priority, RoutingProgress.START).decidedBy()).isEqualTo(DecidedBy.DECLARED_ORDER);
        assertThat(runnerUp(prior, priority, RoutingProgress.START).decidedBy()).isEqualTo(DecidedBy.PRIORITY);
        assertThat(runnerUp(routed, prior, priority, RoutingProgress.START).decidedBy())
                .isEqualTo(DecidedBy.DECLARED_ORDER);
    }

    @Test
    void fewer_calls_in_flight_are_less_load_without_a_limit_too() {
        List<ReplicaView> pool =
                List.of(view("a/m").build(), view("b/m").inFlight(1).build());

        assertThat(runnerUp(pool, policy(), RoutingProgress.START))
                .isEqualTo(new RunnerUp(pool.get(1), DecidedBy.LOAD));
    }

    @Test
    void a_model_in_hand_goes_before_a_better_one() {
        RoutingProgress inHand = new RoutingProgress(
                1, List.of(), List.of(), new ModelId("m"), null, List.of(), 0, null, false, false, true, null);
        ReplicaView dear =
                Views.view(Replicas.replica("a/m").price("9", "9"), NOW).build();
        ReplicaView better = view("b/n").build();

        assertThat(runnerUp(List.of(dear, better), policy(), inHand))
                .isEqualTo(new RunnerUp(better, DecidedBy.MODEL_IN_HAND));
        assertThat(runnerUp(List.of(dear, better), policy(), RoutingProgress.START))
                .as("nothing in hand")
                .isEqualTo(new RunnerUp(dear, DecidedBy.PRICE));
    }

    @Test
    void who_was_pinned_or_alone_has_no_runner_up_whoever_was_scored() {
        List<ReplicaView> pool = List.of(view("a/m").build(), view("b/m").build());
        Choice.Chosen drawn = (Choice.Chosen) Situations.select(pool, policy(), 1);

        assertThat(RunnerUp.of(because(drawn, Choice.Because.PINNED), situation()))
                .isNull();
        assertThat(RunnerUp.of(because(drawn, Choice.Because.ONLY_ELIGIBLE), situation()))
                .isNull();
        assertThat(RunnerUp.of(because(drawn, Choice.Because.EXPLORATION), situation()))
                .isNotNull();
    }

    @Test
    void who_was_never_scored_was_compared_with_nobody() {
        List<ReplicaView> pool = List.of(view("a/m").build(), view("b/m").build());
        Choice.Chosen drawn = (Choice.Chosen) Situations.select(pool, policy(), 1);
        Choice.Chosen other =
                new Choice.Chosen(view("z/m").build(), drawn.score(), Choice.Because.BEST_INDEX, 1, drawn.verdicts());

        assertThat(RunnerUp.of(other, situation())).isNull();
    }

    private static Choice.Chosen because(Choice.Chosen chosen, Choice.Because because) {
        return new Choice.Chosen(chosen.replica(), chosen.score(), because, chosen.propensity(), chosen.verdicts());
    }

    private static Situation situation() {
        return Situations.first(Situations.request(), policy());
    }
}
