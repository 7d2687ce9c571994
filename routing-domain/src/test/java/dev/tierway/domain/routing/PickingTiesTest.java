package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.chosen;
import static dev.tierway.domain.routing.Situations.replica;
import static dev.tierway.domain.routing.Situations.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where the picker's comparisons are close: equals, exact bounds, load known and unknown. */
class PickingTiesTest {
    private static final int SEEDS = 200;
    private static final long SECOND = 1_000_000_000L;

    private static Views view(int i) {
        return Views.view(replica(i), NOW);
    }

    private static Views priced(int i, String price) {
        return Views.view(replica(i).price(price, price), NOW);
    }

    private static Choice.Chosen pick(List<ReplicaView> pool, Policies policy, long seed) {
        return (Choice.Chosen) select(pool, policy, seed);
    }

    private static Set<String> chosenBySome(List<ReplicaView> pool, Policies policy) {
        Set<String> ids = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            ids.add(String.valueOf(chosen(select(pool, policy, seed))));
        }
        return ids;
    }

    @Test
    void the_best_of_equals_is_drawn_whatever_their_order() {
        List<ReplicaView> pool = List.of(view(0).build(), view(1).build(), view(2).build());
        List<Score> scores = Situations.scores(pool, policy());
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < pool.size(); i++) {
            candidates.add(new Candidate(pool.get(i), scores.get(i), i));
        }
        Set<Integer> drawn = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Candidate best = ReplicaPicker.best(candidates, seed);
            drawn.add(best.declared());
            assertThat(ReplicaPicker.best(candidates.reversed(), seed)).isEqualTo(best);
        }

        assertThat(drawn).containsExactly(0, 1, 2);
    }

    @Test
    void a_credential_that_waits_for_a_probe_gets_one() {
        List<ReplicaView> pool =
                List.of(view(0).build(), priced(1, "50").credentialHalfOpen().build());

        Choice.Chosen one = pick(pool, policy(), 1);

        assertThat(chosen(one)).isEqualTo("p1/m");
        assertThat(one.because()).isEqualTo(Choice.Because.HALF_OPEN_PROBE);
        assertThat(one.propensity()).isEqualTo(1);
    }

    @Test
    void twice_as_dear_may_be_explored_and_more_may_not() {
        Policies exploring = policy().latencyValue(0).exploration(0.5);

        assertThat(chosenBySome(List.of(priced(0, "1").build(), priced(1, "2").build()), exploring))
                .containsExactly("p0/m", "p1/m");
        assertThat(chosenBySome(
                        List.of(priced(0, "1").build(), priced(1, "2.000001").build()), exploring))
                .containsExactly("p0/m");
    }

    @Test
    void measured_thirty_seconds_ago_is_long_ago() {
        Policies exploring = policy().exploration(0.5);
        ReplicaView best = priced(0, "1").latency(1, 1).build();
        Views dearer = priced(1, "1.5").latency(1.5, 1.5);

        assertThat(chosenBySome(
                        List.of(best, dearer.lastMeasured(NOW - 30 * SECOND).build()), exploring))
                .containsExactly("p0/m", "p1/m");
        assertThat(chosenBySome(
                        List.of(best, dearer.lastMeasured(NOW - 30 * SECOND + 1).build()), exploring))
                .containsExactly("p0/m");
    }

    @Test
    void nobody_as_good_as_the_best_is_explored() {
        List<ReplicaView> pool = List.of(view(0).build(), view(1).build());

        for (int seed = 0; seed < SEEDS; seed++) {
            Choice.Chosen one = pick(pool, policy().exploration(0.5), seed);
            assertThat(one.because()).isNotEqualTo(Choice.Because.EXPLORATION);
            assertThat(one.propensity()).isEqualTo(0.5);
        }
    }

    @Test
    void only_the_coldest_is_explored_wherever_it_stands() {
        ReplicaView best = priced(0, "1").latency(1, 1).build();
        ReplicaView cold = priced(1, "1.5")
                .latency(1.5, 1.5)
                .lastMeasured(NOW - 40 * SECOND)
                .build();
        ReplicaView colder = priced(2, "1.5")
                .latency(1.5, 1.5)
                .lastMeasured(NOW - 60 * SECOND)
                .build();
        Policies exploring = policy().exploration(0.5);

        assertThat(chosenBySome(List.of(best, cold, colder), exploring)).containsExactly("p0/m", "p2/m");
        assertThat(chosenBySome(List.of(colder, cold, best), exploring)).containsExactly("p0/m", "p2/m");
    }

    @Test
    void who_is_explored_and_would_be_picked_anyway_is_certain() {
        ReplicaView hot = Views.view(replica(0).price("1", "1").limit(100), NOW)
                .inFlight(90)
                .build();
        ReplicaView cold =
                Views.view(replica(1).price("2", "2").limit(100), NOW).build();

        for (int seed = 0; seed < SEEDS; seed++) {
            Choice.Chosen one =
                    pick(List.of(hot, cold), policy().latencyValue(0).exploration(0.25), seed);
            assertThat(chosen(one)).isEqualTo("p1/m");
            assertThat(one.propensity()).isEqualTo(1);
        }
    }

    @Test
    void the_band_is_as_wide_as_a_tenth_of_what_the_best_costs_its_failures_included() {
        // s is nothing; what its failures are expected to cost is more than a cent, a tenth of that a tenth of a cent.
        Policies policy = policy().latencyValue(0);
        ReplicaView best = priced(0, "0").results(70, 30).build();
        ReplicaView dearer = priced(1, "0.55").results(70, 30).build();

        assertThat(Situations.score(best, policy).failureTerm()).isLessThan(-0.01);
        assertThat(Situations.score(dearer, policy).priceUsd()).isBetween(0.0006, 0.0008);
        assertThat(chosenBySome(List.of(best, dearer), policy)).containsExactly("p0/m", "p1/m");
        assertThat(chosenBySome(List.of(best, priced(1, "1.8").results(70, 30).build()), policy))
                .containsExactly("p0/m");
    }

    @Test
    void the_best_index_is_told_apart_from_the_less_loaded_in_its_band() {
        ReplicaView best = Views.view(replica(0).price("1", "1").limit(100), NOW)
                .inFlight(1)
                .build();
        Views other = Views.view(replica(1).price("1.1", "1.1").limit(100), NOW);
        Policies policy = policy().latencyValue(0);

        assertThat(pick(List.of(best, other.inFlight(2).build()), policy, 1).because())
                .isEqualTo(Choice.Because.BEST_INDEX);
        Choice.Chosen lessLoaded = pick(List.of(best, other.inFlight(0).build()), policy, 1);
        assertThat(chosen(lessLoaded)).isEqualTo("p1/m");
        assertThat(lessLoaded.because()).isEqualTo(Choice.Because.LESS_LOADED_IN_BAND);
    }

    @Test
    void known_limits_are_compared_by_the_share_taken_and_unknown_ones_by_calls() {
        Policies policy = policy().latencyValue(0);
        ReplicaView small = Views.view(replica(0).limit(100), NOW).inFlight(10).build();
        ReplicaView large = Views.view(replica(1).limit(1000), NOW).inFlight(20).build();
        ReplicaView unlimited = Views.view(replica(1), NOW).inFlight(20).build();

        assertThat(chosenBySome(List.of(small, large), policy)).containsExactly("p1/m");
        assertThat(chosenBySome(List.of(small, unlimited), policy)).containsExactly("p0/m");
        assertThat(chosenBySome(List.of(unlimited, small), policy)).containsExactly("p0/m");
    }

    @Test
    void with_all_weights_of_a_route_at_nothing_chance_decides_and_not_the_order() {
        RequestFeatures features = Requests.tier(Fleet.of("p/m").catalogue())
                .route("split")
                .weighing("p0/m", 0)
                .weighing("p1/m", 0)
                .build();
        Policies weighted = policy().strategy(Strategy.WEIGHTED);
        List<ReplicaView> pool = List.of(view(0).build(), view(1).build());
        Set<String> drawn = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Choice.Chosen one = (Choice.Chosen) select(features, pool, weighted, RoutingProgress.START, seed);
            drawn.add(String.valueOf(chosen(one)));
            assertThat(one.propensity()).isEqualTo(1);
            assertThat(chosen(select(features, pool.reversed(), weighted, RoutingProgress.START, seed)))
                    .isEqualTo(chosen(one));
        }

        assertThat(drawn).containsExactly("p0/m", "p1/m");
    }

    @Test
    void weighted_tells_each_ones_share_of_all_weights() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).weight(1), NOW).build(),
                Views.view(replica(1).weight(4), NOW).build());

        for (int seed = 0; seed < SEEDS; seed++) {
            Choice.Chosen one = pick(pool, policy().strategy(Strategy.WEIGHTED), seed);
            assertThat(one.propensity()).isCloseTo("p0/m".equals(chosen(one)) ? 0.2 : 0.8, within(1e-12));
        }
    }
}
