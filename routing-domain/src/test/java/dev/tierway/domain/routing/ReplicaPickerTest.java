package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.chosen;
import static dev.tierway.domain.routing.Situations.replica;
import static dev.tierway.domain.routing.Situations.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Section 3 of routing.md. Seeds are fixed: these are counts, not chances. */
class ReplicaPickerTest {
    private static final int SEEDS = 4000;
    private static final long SECOND = 1_000_000_000L;

    private static Views view(int i) {
        return Views.view(replica(i), NOW);
    }

    private static Map<String, Integer> counts(List<ReplicaView> pool, Policies policy) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            counts.merge(String.valueOf(chosen(select(pool, policy, seed))), 1, Integer::sum);
        }
        return counts;
    }

    private static List<ReplicaView> equals(int n) {
        List<ReplicaView> pool = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            pool.add(view(i).build());
        }
        return pool;
    }

    /** Pearson's statistic against a uniform distribution. */
    private static double chiSquare(Map<String, Integer> counts, int n) {
        double expected = SEEDS / (double) n;
        double sum = (n - counts.size()) * expected;
        for (int count : counts.values()) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    @Test
    void equal_replicas_are_picked_uniformly() {
        assertThat(chiSquare(counts(equals(2), policy()), 2))
                .as("99.9 % of 1 degree")
                .isLessThan(10.83);
        assertThat(chiSquare(counts(equals(5), policy()), 5))
                .as("99.9 % of 4 degrees")
                .isLessThan(18.47);
        assertThat(chiSquare(counts(equals(12), policy()), 12))
                .as("99.9 % of 11 degrees")
                .isLessThan(31.26);
    }

    @Test
    void models_of_equal_worth_are_picked_uniformly() {
        List<ReplicaView> pool = new ArrayList<>();
        for (String model : List.of("a", "b", "c")) {
            pool.add(Views.view(dev.tierway.domain.fixture.Replicas.replica("p/" + model), NOW)
                    .build());
        }

        assertThat(chiSquare(counts(pool, policy()), 3)).isLessThan(13.82);
    }

    @Test
    void the_order_of_the_list_never_decides() {
        List<ReplicaView> pool = equals(6);
        List<ReplicaView> reversed = new ArrayList<>(pool);
        Collections.reverse(reversed);

        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(chosen(select(reversed, policy(), seed))).isEqualTo(chosen(select(pool, policy(), seed)));
        }
    }

    @Test
    void of_two_about_as_good_the_less_loaded_wins() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).limit(100), NOW).inFlight(2).build(),
                Views.view(replica(1).limit(100), NOW).inFlight(1).build());

        assertThat(counts(pool, policy().latencyValue(0))).containsOnlyKeys("p1/m");
    }

    @Test
    void with_a_limit_unknown_fewer_in_flight_is_less_loaded() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).limit(1000), NOW).inFlight(9).build(),
                view(1).inFlight(3).build());

        assertThat(counts(pool, policy().latencyValue(0))).containsOnlyKeys("p1/m");
    }

    @Test
    void a_replica_clearly_worse_than_the_best_is_not_in_its_band() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).price("1", "1"), NOW).inFlight(50).build(),
                Views.view(replica(1).price("9", "9"), NOW).build());

        assertThat(counts(pool, policy())).containsOnlyKeys("p0/m");
    }

    @Test
    void a_hot_replica_yields_to_a_cold_one_however_good_it_is() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).price("0", "0").limit(100), NOW)
                        .inFlight(85)
                        .build(),
                Views.view(replica(1).price("30", "30").limit(100), NOW)
                        .inFlight(84)
                        .build());

        assertThat(counts(pool, policy())).containsOnlyKeys("p1/m");
    }

    @Test
    void if_all_are_hot_the_index_decides() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).price("0", "0").limit(100), NOW)
                        .inFlight(95)
                        .build(),
                Views.view(replica(1).price("30", "30").limit(100), NOW)
                        .inFlight(90)
                        .build());

        assertThat(counts(pool, policy())).containsOnlyKeys("p0/m");
    }

    @Test
    void one_first_attempt_in_a_hundred_measures_a_replica_long_unmeasured() {
        List<ReplicaView> pool = List.of(
                view(0).latency(1, 1).build(),
                Views.view(replica(1).price("1.2", "2.4"), NOW)
                        .latency(1.5, 1.5)
                        .lastMeasured(NOW - 31 * SECOND)
                        .build());

        Map<String, Integer> counts = counts(pool, policy().exploration(0.01));

        assertThat(counts.get("p1/m")).isBetween(20, 60);
        assertThat(counts(pool, policy())).containsOnlyKeys("p0/m");
    }

    @Test
    void exploration_leaves_replicas_alone_that_are_hot_dear_or_measured_lately() {
        List<ReplicaView> pool = List.of(
                view(0).latency(1, 1).build(),
                Views.view(replica(1).price("50", "50"), NOW)
                        .lastMeasured(NOW - 31 * SECOND)
                        .build(),
                Views.view(replica(2).price("1.4", "2.8").limit(100), NOW)
                        .inFlight(90)
                        .lastMeasured(NOW - 31 * SECOND)
                        .build(),
                Views.view(replica(3).price("1.4", "2.8"), NOW)
                        .latency(1.7, 1.7)
                        .lastMeasured(NOW - 29 * SECOND)
                        .build());

        assertThat(counts(pool, policy().exploration(0.5))).containsOnlyKeys("p0/m");
    }

    @Test
    void a_second_attempt_never_explores() {
        List<ReplicaView> pool = List.of(
                view(0).latency(1, 1).build(),
                Views.view(replica(1).price("1.2", "2.4"), NOW)
                        .latency(1.5, 1.5)
                        .lastMeasured(NOW - 31 * SECOND)
                        .build());
        RoutingProgress second =
                new RoutingProgress(1, List.of(), List.of(), null, null, List.of(), 0, null, false, false, false, null);

        for (int seed = 0; seed < SEEDS; seed++) {
            Choice choice = select(Situations.request(), pool, policy().exploration(0.5), second, seed);
            assertThat(chosen(choice)).isEqualTo("p0/m");
        }
    }

    @Test
    void the_propensity_told_is_the_frequency_seen() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).limit(100), NOW)
                        .inFlight(2)
                        .lastMeasured(NOW)
                        .build(),
                Views.view(replica(1).limit(100), NOW)
                        .inFlight(1)
                        .lastMeasured(NOW)
                        .build(),
                Views.view(replica(2).limit(100), NOW)
                        .inFlight(1)
                        .lastMeasured(NOW)
                        .build(),
                Views.view(replica(3).limit(100), NOW)
                        .inFlight(3)
                        .lastMeasured(NOW - 60 * SECOND)
                        .build());
        Map<String, Double> told = new TreeMap<>();
        Policies policy = policy().latencyValue(0).exploration(0.2);
        for (int seed = 0; seed < SEEDS; seed++) {
            if (select(pool, policy, seed) instanceof Choice.Chosen one) {
                told.put(one.replica().replica().id().value(), one.propensity());
            }
        }

        Map<String, Integer> seen = counts(pool, policy);

        assertThat(told.values().stream().mapToDouble(one -> one).sum()).isCloseTo(1, within(1e-9));
        told.forEach((id, propensity) ->
                assertThat(seen.get(id) / (double) SEEDS).as(id).isCloseTo(propensity, within(0.03)));
    }

    @Test
    void replicas_unmeasured_for_equally_long_share_the_exploration() {
        List<ReplicaView> pool = List.of(
                view(0).latency(1, 1).build(),
                Views.view(replica(1).price("1.3", "2.6"), NOW).build(),
                Views.view(replica(2).price("1.3", "2.6"), NOW).build(),
                Views.view(replica(3).price("1.3", "2.6"), NOW)
                        .latency(1.3, 1.3)
                        .lastMeasured(NOW - 60 * SECOND)
                        .build());
        Policies policy = policy().exploration(0.4);
        for (int seed = 0; seed < 50; seed++) {
            Choice.Chosen one = (Choice.Chosen) select(pool, policy, seed);
            boolean best = one.replica().replica().id().value().equals("p0/m");
            assertThat(one.propensity()).isCloseTo(best ? 0.6 : 0.2, within(1e-9));
            assertThat(one.because()).isEqualTo(best ? Choice.Because.BEST_INDEX : Choice.Because.EXPLORATION);
        }

        Map<String, Integer> counts = counts(pool, policy);
        assertThat(counts).containsOnlyKeys("p0/m", "p1/m", "p2/m");
        assertThat(counts.get("p1/m")).isBetween(700, 900);
    }

    @Test
    void due_probes_are_drawn_alike_and_say_so() {
        List<ReplicaView> pool =
                List.of(view(0).halfOpen().build(), view(1).halfOpen().build(), view(2).build());

        Choice.Chosen one = (Choice.Chosen) select(pool, policy(), 1);

        assertThat(one.propensity()).isEqualTo(0.5);
        assertThat(counts(pool, policy()).get("p0/m")).isBetween(1850, 2150);
    }

    @Test
    void a_due_probe_goes_first() {
        List<ReplicaView> pool = List.of(
                view(0).build(),
                Views.view(replica(1).price("50", "50"), NOW).halfOpen().build());

        Choice choice = select(pool, policy(), 7);

        assertThat(chosen(choice)).isEqualTo("p1/m");
        assertThat(((Choice.Chosen) choice).because()).isEqualTo(Choice.Because.HALF_OPEN_PROBE);
    }
}
