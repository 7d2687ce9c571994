package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.score;
import static dev.tierway.domain.routing.Situations.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Models;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formula of routing.md §2, each term by hand. */
class ReplicaScorerTest {
    private static final double EXACT = 1e-12;

    private static Views view(Replicas replica) {
        return Views.view(replica, NOW);
    }

    private static Replicas replica(String id) {
        return Replicas.replica(id);
    }

    @Test
    void a_priced_remote_replica_that_nobody_measured_has_every_term_by_default() {
        Score score = score(view(replica("p/m").price("3", "15")).build(), policy());

        double price = 1000 * 3e-6 + 256 * 15e-6;
        double seconds = 1 + 256 * 0.020;
        double failSeconds = 30.5 / 2;
        double failure = 0.05 + 0.002 * failSeconds + 0.5 * price;
        assertThat(score.price()).isCloseTo(-price, within(EXACT));
        assertThat(score.latency()).isCloseTo(-0.002 * seconds, within(EXACT));
        assertThat(score.quotaPressure()).isZero();
        assertThat(score.localBonus()).isZero();
        assertThat(score.success()).isCloseTo(0.95, within(EXACT));
        assertThat(score.failureTerm()).isCloseTo(-failure * 0.05 / 0.95, within(EXACT));
        assertThat(score.priceKnown()).isTrue();
        assertThat(score.latencyMeasured()).isFalse();
    }

    @Test
    void the_callers_cap_and_the_number_of_choices_bound_the_expected_output() {
        var features = Requests.tier(Fleet.of("p/m").catalogue())
                .maxOutput(10)
                .choices(3)
                .build();
        List<ReplicaView> pool =
                List.of(view(replica("p/m").price("0", "1000000")).build());

        Score score = scores(pool, Situations.first(features, policy())).getFirst();

        assertThat(score.price()).isCloseTo(-30, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"MICRO, 0.10", "SMALL, 0.08", "MID, 0.02", "FRONTIER, 0"})
    void a_local_replica_gets_the_bonus_of_its_tier(ModelTier tier, double bonus) {
        Score score = score(
                view(replica("p/m").local()).of(Models.model("m").tier(tier)).build(), policy());

        assertThat(score.localBonus()).isEqualTo(bonus);
    }

    @Test
    void each_weight_scales_its_own_term() {
        ReplicaView view =
                view(replica("p/m").local().price("3", "15")).headroom(0.25).build();
        Score one = score(view, policy());

        Score weighted = score(view, policy().weights(2, 3, 5, 7));

        assertThat(weighted.localBonus()).isCloseTo(2 * one.localBonus(), within(EXACT));
        assertThat(weighted.latency()).isCloseTo(3 * one.latency(), within(EXACT));
        assertThat(weighted.price()).isCloseTo(5 * one.price(), within(EXACT));
        assertThat(weighted.quotaPressure()).isCloseTo(5 * one.quotaPressure(), within(EXACT));
        assertThat(weighted.failureTerm()).isCloseTo(7 * one.failureTerm(), within(EXACT));
    }

    @Test
    void load_makes_a_replica_slower_in_proportion_to_its_limit() {
        Score idle = score(view(replica("p/m").limit(10)).build(), policy());
        Score half = score(view(replica("p/m").limit(10)).inFlight(5).build(), policy());

        assertThat(half.latency()).isCloseTo(1.5 * idle.latency(), within(EXACT));
    }

    @Test
    void headroom_below_one_half_costs_up_to_the_price_once_more() {
        Score half = score(view(replica("p/m")).headroom(0.5).build(), policy());
        Score quarter = score(view(replica("p/m")).headroom(0.25).build(), policy());
        Score none = score(view(replica("p/m")).headroom(0).build(), policy());

        assertThat(half.quotaPressure()).isZero();
        assertThat(quarter.quotaPressure()).isCloseTo(0.5 * quarter.price(), within(EXACT));
        assertThat(none.quotaPressure()).isCloseTo(none.price(), within(EXACT));
    }

    @Test
    void a_free_replica_without_headroom_still_feels_pressure_by_the_candidates_median_price() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m").local()).headroom(0).build(),
                        view(replica("b/m").price("3", "3")).build(),
                        view(replica("c/m").price("3", "3")).build()),
                policy());

        assertThat(scores.getFirst().quotaPressure()).isCloseTo(scores.get(1).price(), within(EXACT));
    }

    @Test
    void a_newcomer_is_credited_with_its_siblings_success() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/m")).results(98, 2).build()),
                policy());

        assertThat(scores.getFirst().success()).isCloseTo(0.98, within(EXACT));
    }

    @Test
    void a_replicas_own_results_are_weighed_against_twenty_imagined_ones_not_counted_twice() {
        Score score = score(view(replica("p/m")).results(10, 10).build(), policy());

        assertThat(score.success()).isCloseTo((10 + 20 * 0.95) / 40, within(EXACT));
    }

    @Test
    void what_is_not_measured_is_taken_from_siblings_of_the_model_before_the_tiers_others() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/m")).latency(2, 3).failSeconds(7).build(),
                        view(replica("c/other")).latency(9, 9).failSeconds(1).build(),
                        view(replica("d/other")).latency(9, 9).failSeconds(1).build(),
                        view(replica("e/alone")).build()),
                policy());

        assertThat(scores.getFirst().ttftNanos()).isEqualTo(2e9);
        assertThat(scores.getFirst().tokenNanos()).isEqualTo(60e6);
        assertThat(failureCost(scores.getFirst())).isCloseTo(0.05 + 0.002 * 7 + 0.5 * price(), within(EXACT));
        assertThat(scores.get(4).ttftNanos()).as("the middle of all").isEqualTo(9e9);
        assertThat(failureCost(scores.get(4))).isCloseTo(0.05 + 0.002 * 1 + 0.5 * price(), within(EXACT));
    }

    private static double price() {
        return 1000 * 1e-6 + 256 * 2e-6;
    }

    private static double failureCost(Score score) {
        return -score.failureTerm() * score.success() / (1 - score.success());
    }

    @Test
    void dead_siblings_do_not_condemn_a_newcomer() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/m")).results(0, 50).build()),
                policy());

        assertThat(scores.getFirst().success()).isCloseTo(0.95, within(EXACT));
        assertThat(scores.get(1).success()).isLessThan(0.30);
    }

    @Test
    void perfect_siblings_credit_at_most_a_thousandth_of_failures() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/m")).results(1000, 0).build()),
                policy());

        assertThat(scores.getFirst().success()).isCloseTo(0.999, within(EXACT));
    }

    @Test
    void without_siblings_of_the_model_the_tiers_others_are_the_prior() {
        List<Score> scores = scores(
                List.of(
                        view(replica("a/m")).build(),
                        view(replica("b/other")).results(97, 3).build()),
                policy());

        assertThat(scores.getFirst().success()).isCloseTo(0.97, within(EXACT));
    }

    @Test
    void success_never_falls_below_its_floor() {
        Score score = score(view(replica("p/m")).results(0, 100_000).build(), policy());

        assertThat(score.success()).isEqualTo(0.02);
    }

    @Test
    void after_a_provider_wide_failure_its_untried_siblings_are_trusted_a_fifth() {
        RoutingProgress shaken = new RoutingProgress(
                1, List.of(), List.of(), null, null, List.of(new ProviderId("p")), 0, null, false, false, false, null);
        List<ReplicaView> pool =
                List.of(view(replica("p/m")).build(), view(replica("q/m")).build());

        List<Score> scores = scores(pool, Situations.with(Situations.request(), policy(), shaken, 1));

        assertThat(scores.getFirst().success()).isCloseTo(0.2 * scores.get(1).success(), within(EXACT));
    }

    @Test
    void the_last_attempt_is_ranked_by_what_its_answer_is_worth() {
        RoutingProgress last =
                new RoutingProgress(3, List.of(), List.of(), null, null, List.of(), 0, null, false, true, false, null);
        List<ReplicaView> pool = List.of(
                view(replica("reliable/m").price("30", "30")).results(1000, 0).build(),
                view(replica("cheap/m").price("0.1", "0.1")).results(700, 300).build());

        List<Score> whenMoreMayFollow = scores(pool, policy());
        List<Score> whenLast = scores(pool, Situations.with(Situations.request(), policy(), last, 1));

        assertThat(whenMoreMayFollow.get(1).index())
                .as("cheap first, the other is left for later")
                .isGreaterThan(whenMoreMayFollow.getFirst().index());
        assertThat(whenLast.getFirst().index())
                .as("nothing is left for later")
                .isGreaterThan(whenLast.get(1).index());
        Score reliable = whenLast.getFirst();
        double p = reliable.success();
        double failureCost = -reliable.failureTerm() * p / (1 - p);
        assertThat(reliable.index()).isCloseTo(p * (1 - reliable.successCost()) - (1 - p) * failureCost, within(EXACT));
    }

    @Test
    void the_worked_example_of_docs_routing_md_is_right() {
        var features = Requests.tier(Fleet.of("p/m").catalogue()).input(2000).build();
        double calls = 1e9;
        List<ReplicaView> pool = List.of(
                view(replica("vendor-a/m").price("3", "15").limit(100))
                        .outputs(300)
                        .latency(0.6, 0.7)
                        .inFlight(25)
                        .headroom(0.40)
                        .results(0.99 * calls, 0.01 * calls)
                        .failSeconds(2)
                        .build(),
                view(replica("vendor-b/m").price("2", "8").limit(100))
                        .outputs(300)
                        .latency(0.9, 1.0)
                        .inFlight(10)
                        .results(0.70 * calls, 0.30 * calls)
                        .failSeconds(2)
                        .build(),
                view(replica("gpu-box/m").local().unpriced().limit(100))
                        .outputs(300)
                        .latency(1.5, 1.5)
                        .inFlight(50)
                        .results(0.97 * calls, 0.03 * calls)
                        .failSeconds(4)
                        .build());

        List<Score> scores = scores(pool, Situations.first(features, policy()));

        assertThat(scores.stream().map(Score::index).map(ReplicaScorerTest::shown))
                .containsExactly("-0.025198", "-0.046094", "-0.013294");
        assertThat(scores.stream().map(Score::successCost).map(ReplicaScorerTest::shown))
                .containsExactly("0.024600", "0.021580", "0.031500");
    }

    private static String shown(double usd) {
        return String.format(java.util.Locale.ROOT, "%.6f", usd);
    }
}
