package dev.tierway.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Replicas;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.fleet.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The theorem behind the index: for one model whose candidates may all be tried, its order costs least. */
class OptimalOrderProperties {
    private record Candidate(double success, double successCost, double failureCost, double bonus) {}

    /** Dollars of a candidate's own, told apart from how the scorer came to them. */
    private record Weather(double good, double bad, double ttft, String price, boolean local, double failSeconds) {}

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void no_order_costs_less_than_descending_index(
            @ForAll("weather") List<Weather> fleet, @ForAll("errorWeights") double wError) {
        List<Score> scores = Situations.scores(views(fleet), Policies.policy().weights(1, 1, 1, wError));
        List<Candidate> candidates =
                scores.stream().map(OptimalOrderProperties::candidate).toList();
        List<Candidate> ranked = new ArrayList<>();
        scores.stream()
                .sorted(Comparator.comparingDouble(Score::index).reversed())
                .forEach(score -> ranked.add(candidates.get(scores.indexOf(score))));

        double cheapest = Double.POSITIVE_INFINITY;
        for (List<Candidate> order : permutations(candidates)) {
            cheapest = Math.min(cheapest, expectedCost(order));
        }

        assertThat(expectedCost(ranked)).isCloseTo(cheapest, within(1e-9));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void the_terms_add_up_to_the_index(@ForAll("weather") List<Weather> fleet) {
        for (Score score : Situations.scores(views(fleet), Policies.policy())) {
            assertThat(score.localBonus()
                            + score.price()
                            + score.latency()
                            + score.quotaPressure()
                            + score.failureTerm())
                    .isCloseTo(score.index(), within(1e-12));
        }
    }

    private static Candidate candidate(Score score) {
        double p = score.success();
        return new Candidate(
                p, score.successCost(), p == 1 ? 0 : -score.failureTerm() * p / (1 - p), score.localBonus());
    }

    /** Tried one after another until one succeeds; what a local answer saves counts against its cost. */
    private static double expectedCost(List<Candidate> order) {
        double cost = 0;
        double reached = 1;
        for (Candidate one : order) {
            cost += reached * (one.success * (one.successCost - one.bonus) + (1 - one.success) * one.failureCost);
            reached *= 1 - one.success;
        }
        return cost;
    }

    private static List<List<Candidate>> permutations(List<Candidate> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Candidate>> orders = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Candidate> rest = new ArrayList<>(all);
            Candidate head = rest.remove(i);
            for (List<Candidate> tail : permutations(rest)) {
                List<Candidate> order = new ArrayList<>(List.of(head));
                order.addAll(tail);
                orders.add(order);
            }
        }
        return orders;
    }

    private static List<ReplicaView> views(List<Weather> fleet) {
        List<ReplicaView> views = new ArrayList<>();
        for (Weather one : fleet) {
            Replicas replica = Situations.replica(views.size()).price(one.price, one.price);
            views.add(Views.view(one.local ? replica.local() : replica, Situations.NOW)
                    .results(one.good, one.bad)
                    .latency(one.ttft, one.ttft)
                    .failSeconds(one.failSeconds)
                    .build());
        }
        return views;
    }

    @Provide
    Arbitrary<List<Weather>> weather() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 500),
                        Arbitraries.doubles().between(0, 500),
                        Arbitraries.doubles().between(0.1, 20),
                        Arbitraries.integers().between(0, 5000).map(cents -> String.valueOf(cents / 100.0)),
                        Arbitraries.of(true, false),
                        Arbitraries.doubles().between(0.01, 60))
                .as(Weather::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Double> errorWeights() {
        return Arbitraries.doubles().between(0, 5);
    }
}
