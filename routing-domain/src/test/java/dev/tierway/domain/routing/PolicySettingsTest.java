package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What settings of a decision change. */
class PolicySettingsTest {
    private static final ModelId MODEL = new ModelId("m");

    private static final SuccessSettings STANDING = SuccessSettings.DEFAULTS;

    private static PickingSettings picking(double hot, double band, double leastBand) {
        PickingSettings standing = PickingSettings.DEFAULTS;
        return new PickingSettings(0, standing.coldAfterNanos(), standing.explorationCost(), hot, band, leastBand);
    }

    /** Everybody whom one of 200 calls chose. */
    private static Set<String> chosen(List<ReplicaView> pool, Policies policy) {
        Set<String> chosen = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            chosen.add(Situations.chosen(Situations.select(pool, policy, seed)));
        }
        return chosen;
    }

    private static LearningSettings learning(SuccessSettings success, UnmeasuredSettings unmeasured) {
        LearningSettings standing = LearningSettings.DEFAULTS;
        return new LearningSettings(
                success,
                unmeasured,
                standing.cooldown(),
                standing.accounts(),
                standing.recent(),
                standing.promptCache());
    }

    private static Replicas succeeding(SuccessSettings settings) {
        return replica(0).learning(learning(settings, UnmeasuredSettings.DEFAULTS));
    }

    private static double success(SuccessSettings settings, double good, double bad) {
        return Situations.score(
                        Views.view(succeeding(settings), NOW).results(good, bad).build(), policy())
                .success();
    }

    @Test
    void who_is_in_the_band_is_as_good_as_the_best() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).price("1", "1"), NOW).build(),
                Views.view(replica(1).price("1.5", "1.5"), NOW).build());

        assertThat(chosen(pool, policy().picking(picking(0.84, 0, 0)))).containsExactly("p0/m");
        assertThat(chosen(pool, policy().picking(picking(0.84, 0, 0.001)))).containsExactly("p0/m", "p1/m");
        assertThat(chosen(pool, policy().picking(picking(0.84, 1, 0)))).containsExactly("p0/m", "p1/m");
    }

    @Test
    void who_is_hot_is_passed_over() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).price("1", "1").limit(10), NOW)
                        .inFlight(6)
                        .build(),
                Views.view(replica(1).price("9", "9").limit(10), NOW)
                        .inFlight(1)
                        .build());

        assertThat(chosen(pool, policy().picking(picking(0.7, 0, 0)))).containsExactly("p0/m");
        assertThat(chosen(pool, policy().picking(picking(0.5, 0, 0)))).containsExactly("p1/m");
    }

    @Test
    void only_who_was_not_measured_for_so_long_and_costs_so_little_is_explored() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).price("1", "1"), NOW).lastMeasured(NOW).build(),
                Views.view(replica(1).price("3", "3"), NOW)
                        .lastMeasured(NOW - 10_000_000_000L)
                        .build());

        assertThat(chosen(pool, policy().picking(new PickingSettings(0.5, 20_000_000_000L, 9, 0.84, 0, 0))))
                .containsExactly("p0/m");
        assertThat(chosen(pool, policy().picking(new PickingSettings(0.5, 5_000_000_000L, 1, 0.84, 0, 0))))
                .containsExactly("p0/m");
        assertThat(chosen(pool, policy().picking(new PickingSettings(0.5, 5_000_000_000L, 9, 0.84, 0, 0))))
                .containsExactly("p0/m", "p1/m");
    }

    @Test
    void a_quota_presses_once_less_is_left_than_it_should() {
        ReplicaView view = Views.view(replica(0), NOW).headroom(0.6).build();

        assertThat(Situations.score(view, policy()).quotaPressure()).isZero();
        double pressed =
                Situations.score(view, policy().quotaPressureBelow(0.8)).quotaPressure();
        assertThat(pressed).isCloseTo(0.25 * Situations.score(view, policy()).price(), within(1e-12));
        assertThat(Situations.score(view, policy().quotaPressureBelow(0)).quotaPressure())
                .isZero();
    }

    @Test
    void the_prior_is_as_strong_as_it_is_told_and_begins_where_it_is_told() {
        assertThat(success(new SuccessSettings(4, 0.95, 0.95, 0.999, 0.02, 0.2, STANDING.halfLifeNanos()), 0, 4))
                .as("4 failures over 4 imagined calls")
                .isCloseTo(0.95 * 4 / 8, within(1e-9));
        assertThat(success(new SuccessSettings(20, 0.8, 0.7, 0.9, 0.02, 0.2, STANDING.halfLifeNanos()), 0, 0))
                .isCloseTo(0.8, within(1e-9));
        assertThat(success(new SuccessSettings(1, 0.5, 0.5, 0.9, 0.4, 0.2, STANDING.halfLifeNanos()), 0, 100))
                .isEqualTo(0.4);
    }

    @Test
    void a_newcomer_is_credited_within_the_bounds() {
        SuccessSettings settings = new SuccessSettings(20, 0.7, 0.6, 0.9, 0.02, 0.2, STANDING.halfLifeNanos());
        ReplicaView newcomer = Views.view(succeeding(settings), NOW).build();
        ReplicaView bad = Views.view(replica(1), NOW).results(0, 100).build();
        ReplicaView good = Views.view(replica(1), NOW).results(100, 0).build();

        assertThat(Situations.scores(List.of(newcomer, bad), policy())
                        .getFirst()
                        .success())
                .isCloseTo(0.6, within(1e-9));
        assertThat(Situations.scores(List.of(newcomer, good), policy())
                        .getFirst()
                        .success())
                .isCloseTo(0.9, within(1e-9));
    }

    @Test
    void what_nobody_measured_is_assumed_as_told() {
        ReplicaView view = Views.view(
                        replica(0).learning(learning(STANDING, new UnmeasuredSettings(4e9, 7e6, 50))), NOW)
                .build();

        Score score = Situations.score(view, policy());

        assertThat(score.ttftNanos()).isEqualTo(4e9);
        assertThat(score.tokenNanos()).isEqualTo(7e6);
        assertThat(score.seconds()).isCloseTo(4 + 50 * 0.007, within(1e-9));
    }

    @Test
    void the_estimate_of_the_input_may_be_wrong_by_the_margin() {
        TokenEstimate tokens = new TokenEstimate(1000, null, 1, 0.5);

        assertThat(tokens.inputLow(MODEL)).isEqualTo(500);
        assertThat(tokens.inputHigh(MODEL)).isEqualTo(1500);
        assertThat(new TokenEstimate(1000, null, 1).inputLow(MODEL)).isEqualTo(800);
    }

    @Test
    void a_second_is_worth_what_the_tier_says_to_calls_of_one_tier() {
        Map<ModelTier, Double> values = new EnumMap<>(ModelTier.class);
        values.put(ModelTier.FRONTIER, 0.01);
        RoutingPolicy standing = RoutingPolicy.DEFAULTS;
        RoutingPolicy policy = new RoutingPolicy(
                standing.strategy(),
                standing.weights(),
                standing.localBonus(),
                0.002,
                values,
                standing.failurePenaltyUsd(),
                standing.answerValueUsd(),
                standing.quotaPressureBelow(),
                standing.picking(),
                standing.waiting(),
                standing.spillover(),
                standing.hedging(),
                standing.timeouts(),
                standing.payload());

        assertThat(policy.latencyValue(EnumSet.of(ModelTier.FRONTIER))).isEqualTo(0.01);
        assertThat(policy.latencyValue(EnumSet.of(ModelTier.MID))).isEqualTo(0.002);
        assertThat(policy.latencyValue(EnumSet.of(ModelTier.MID, ModelTier.FRONTIER)))
                .isEqualTo(0.002);
    }
}
