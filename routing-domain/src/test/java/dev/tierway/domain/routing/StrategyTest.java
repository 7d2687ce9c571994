package dev.tierway.domain.routing;

import static dev.tierway.domain.fixture.Policies.policy;
import static dev.tierway.domain.routing.Situations.NOW;
import static dev.tierway.domain.routing.Situations.chosen;
import static dev.tierway.domain.routing.Situations.replica;
import static dev.tierway.domain.routing.Situations.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strategies rank; they never replace the filter. */
class StrategyTest {
    private static Views view(int i) {
        return Views.view(replica(i), NOW);
    }

    private static String first(Strategy strategy, List<ReplicaView> pool) {
        Choice choice = select(pool, policy().strategy(strategy), 3);
        assertThat(((Choice.Chosen) choice).because()).isEqualTo(Choice.Because.STRATEGY);
        return chosen(choice);
    }

    @Test
    void priority_takes_the_lowest_number_then_declared_order() {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).priority(2), NOW).build(),
                Views.view(replica(1).priority(1), NOW).build(),
                Views.view(replica(2).priority(1), NOW).build());

        assertThat(first(Strategy.PRIORITY, pool)).isEqualTo("p1/m");
    }

    @Test
    void in_a_route_priority_is_the_order_of_its_targets() {
        var features =
                Requests.tier(Fleet.of("p/m").catalogue()).route("support").build();
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).priority(2), NOW).build(),
                Views.view(replica(1).priority(1), NOW).build());

        Choice choice = select(features, pool, policy().strategy(Strategy.PRIORITY), RoutingProgress.START, 3);

        assertThat(chosen(choice)).isEqualTo("p0/m");
    }

    @Test
    void round_robin_takes_the_one_used_longest_ago() {
        assertThat(first(
                        Strategy.ROUND_ROBIN,
                        List.of(
                                view(0).lastUsed(NOW - 1).build(),
                                view(1).lastUsed(NOW - 3).build(),
                                view(2).lastUsed(NOW - 2).build())))
                .isEqualTo("p1/m");
        assertThat(first(Strategy.ROUND_ROBIN, List.of(view(0).lastUsed(NOW - 1).build(), view(1).build())))
                .as("never used")
                .isEqualTo("p1/m");
    }

    @Test
    void least_requests_takes_the_one_with_fewest_in_flight() {
        assertThat(first(
                        Strategy.LEAST_REQUESTS,
                        List.of(view(0).inFlight(2).build(), view(1).inFlight(1).build())))
                .isEqualTo("p1/m");
    }

    @Test
    void latency_takes_the_fastest() {
        assertThat(first(
                        Strategy.LATENCY,
                        List.of(
                                view(0).latency(2, 2).build(),
                                view(1).latency(1, 1).build())))
                .isEqualTo("p1/m");
    }

    @Test
    void cost_takes_the_cheapest() {
        assertThat(first(
                        Strategy.COST,
                        List.of(
                                Views.view(replica(0).price("3", "3"), NOW).build(),
                                Views.view(replica(1).price("2", "2"), NOW).build())))
                .isEqualTo("p1/m");
    }

    @Test
    void single_takes_the_first_declared() {
        assertThat(first(Strategy.SINGLE, List.of(view(1).build(), view(0).build())))
                .isEqualTo("p1/m");
    }

    @Test
    void weighted_shares_the_calls_by_weight_whatever_the_order_of_the_list() {
        List<ReplicaView> pool = new ArrayList<>(List.of(
                Views.view(replica(0).weight(1), NOW).build(),
                Views.view(replica(1).weight(3), NOW).build(),
                Views.view(replica(2).weight(6), NOW).build()));
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed = 0; seed < 4000; seed++) {
            Choice choice = select(pool, policy().strategy(Strategy.WEIGHTED), seed);
            counts.merge(String.valueOf(chosen(choice)), 1, Integer::sum);
            Collections.rotate(pool, 1);
            assertThat(chosen(select(pool, policy().strategy(Strategy.WEIGHTED), seed)))
                    .isEqualTo(chosen(choice));
        }

        assertThat(counts.get("p0/m") / 4000.0).isCloseTo(0.1, within(0.02));
        assertThat(counts.get("p1/m") / 4000.0).isCloseTo(0.3, within(0.02));
        assertThat(counts.get("p2/m") / 4000.0).isCloseTo(0.6, within(0.02));
        Choice.Chosen one = (Choice.Chosen) select(
                List.of(
                        Views.view(replica(0).weight(1), NOW).build(),
                        Views.view(replica(1).weight(3), NOW).build()),
                policy().strategy(Strategy.WEIGHTED),
                1);
        assertThat(one.propensity()).isIn(0.25, 0.75);
    }

    @ParameterizedTest
    @EnumSource(BuiltInStrategy.class)
    void no_strategy_reaches_a_replica_of_weight_zero_or_one_that_drains(BuiltInStrategy strategy) {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).weight(0).priority(0).price("0", "0"), NOW)
                        .build(),
                Views.view(replica(1).phase(Phase.DRAINING).priority(0).price("0", "0"), NOW)
                        .build(),
                Views.view(replica(2).price("99", "99"), NOW).inFlight(50).build());

        assertThat(chosen(select(pool, policy().strategy(strategy), 1))).isEqualTo("p2/m");
    }

    @ParameterizedTest
    @EnumSource(BuiltInStrategy.class)
    void due_probes_go_first_under_every_strategy(BuiltInStrategy strategy) {
        List<ReplicaView> pool = List.of(
                Views.view(replica(0).weight(1000).priority(1), NOW).build(),
                Views.view(replica(1).priority(9).price("99", "99"), NOW)
                        .halfOpen()
                        .inFlight(3)
                        .lastUsed(NOW)
                        .build());

        Choice choice = select(pool, policy().strategy(strategy), 1);

        assertThat(chosen(choice)).isEqualTo("p1/m");
        assertThat(((Choice.Chosen) choice).because()).isEqualTo(Choice.Because.HALF_OPEN_PROBE);
    }

    @ParameterizedTest
    @EnumSource(
            value = BuiltInStrategy.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SINGLE", "PRIORITY"})
    void equals_are_not_taken_in_list_order(BuiltInStrategy strategy) {
        List<ReplicaView> pool = List.of(view(0).build(), view(1).build());
        int second = 0;
        for (int seed = 0; seed < 1000; seed++) {
            second += "p1/m".equals(chosen(select(pool, policy().strategy(strategy), seed))) ? 1 : 0;
        }

        assertThat(second).isBetween(420, 580);
    }

    @Test
    void in_a_route_weighted_goes_by_the_targets_weights() {
        Ask plain = Requests.tier(Fleet.of("p/m").catalogue()).build().ask();
        Ask weighted = new Ask(
                plain.address(),
                plain.level(),
                "split",
                plain.useCase(),
                plain.candidates(),
                List.of(),
                java.util.Map.of(),
                null,
                java.util.Map.of(
                        replica(0).build().id(), 0.0, replica(1).build().id(), 5.0));
        var base = Requests.tier(Fleet.of("p/m").catalogue()).build();
        var features = new RequestFeatures(
                weighted, false, base.tokens(), base.needs(), base.constraints(), null, base.prefixes());
        List<ReplicaView> pool = List.of(view(0).build(), view(1).build());

        for (int seed = 0; seed < 50; seed++) {
            Choice choice = select(features, pool, policy().strategy(Strategy.WEIGHTED), RoutingProgress.START, seed);
            assertThat(chosen(choice)).isEqualTo("p1/m");
            assertThat(((Choice.Chosen) choice).propensity()).isEqualTo(1);
        }
    }

    @Test
    void other_routers_names_and_underscores_are_understood() {
        assertThat(Strategy.named("round_robin")).isEqualTo(Strategy.ROUND_ROBIN);
        assertThat(Strategy.named("least-busy")).isEqualTo(Strategy.LEAST_REQUESTS);
        assertThat(Strategy.named("latency-based-routing")).isEqualTo(Strategy.LATENCY);
        assertThat(Strategy.named("failover")).isEqualTo(Strategy.PRIORITY);
        assertThat(Strategy.named("mine").id()).isEqualTo("mine");
        assertThat(Strategy.synonyms().keySet()).noneMatch(name -> Strategy.BUILT_IN.contains(new Strategy(name)));
    }

    private record Last(Strategy id) implements RankingStrategy {
        @Override
        public Pick pick(List<Candidate> eligible, Situation situation) {
            return Pick.of(eligible.getLast(), 1);
        }
    }

    @Test
    void strategies_of_ones_own_are_known_by_their_names() {
        Strategies known = new Strategies(List.of(new Last(new Strategy("last"))));

        assertThat(known.of(new Strategy("last"))).isInstanceOf(Last.class);
        assertThat(known.of(Strategy.COST)).isEqualTo(BuiltInStrategy.COST);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> known.of(new Strategy("lost")))
                .hasMessage("unknown strategy 'lost'; strategies are adaptive, priority, round-robin, weighted,"
                        + " least-requests, latency, cost, single, last");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Strategies(List.of(new Last(Strategy.COST))))
                .hasMessageContaining("two strategies 'cost'");
    }
}
