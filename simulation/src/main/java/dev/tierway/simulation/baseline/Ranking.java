package dev.tierway.simulation.baseline;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Situation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ranking of each baseline alone, under production's filter, circuits, budgets and spillover, with production's
 * measurements for its own. The formulas are those of the whole forms.
 */
public final class Ranking implements RankingStrategy {
    private static final double TYPICAL_OUTPUT = 256;
    private static final double LOCAL_BONUS = 20;
    private static final double HEADROOM_BONUS = 10;

    private final Strategy id;
    private final Rule rule;

    private interface Rule {
        Candidate best(List<Candidate> eligible, Situation situation);
    }

    private Ranking(String id, Rule rule) {
        this.id = new Strategy(id);
        this.rule = rule;
    }

    /** @throws IllegalArgumentException if there is no such baseline */
    public static RankingStrategy of(String id) {
        return new Ranking(
                id,
                switch (id) {
                    case "random" -> (eligible, situation) -> drawn(eligible, situation, one -> 1);
                    case "weighted-round-robin" ->
                        (eligible, situation) -> highest(eligible, situation, one -> overdue(one, situation));
                    case "priority" ->
                        (eligible, situation) -> highest(
                                eligible,
                                situation,
                                one -> -one.view().replica().priority());
                    case "shuffle-cooldown" ->
                        (eligible, situation) -> drawn(
                                eligible, situation, one -> one.view().replica().weight());
                    case "least-request-p2c" ->
                        (eligible, situation) -> ofTwo(
                                eligible, situation, one -> one.view().state().inFlight());
                    case "peak-ewma-p2c" -> (eligible, situation) -> ofTwo(eligible, situation, Ranking::peakEwma);
                    case "inverse-square-price" ->
                        (eligible, situation) -> drawn(eligible, situation, Ranking::inverseSquarePrice);
                    case "weighted-sum" -> (eligible, situation) -> highest(eligible, situation, Ranking::sum);
                    default -> throw new IllegalArgumentException("no ranking of baseline '" + id + "'");
                });
    }

    @Override
    public Strategy id() {
        return id;
    }

    /** The propensity isn't worked out: nobody learns from these. */
    @Override
    public Pick pick(List<Candidate> eligible, Situation situation) {
        return Pick.of(rule.best(eligible, situation), 1);
    }

    private interface Measure {
        double of(Candidate candidate);
    }

    /** How long ago it was used, times its weight: the most overdue is next. */
    private static double overdue(Candidate candidate, Situation situation) {
        ReplicaView view = candidate.view();
        Long used = view.state().lastUsedNanos();
        return used == null
                ? Double.MAX_VALUE
                : (situation.nowNanos() - used)
                        * (double) Math.max(1, view.replica().weight());
    }

    private static double peakEwma(Candidate candidate) {
        double seconds = candidate.score().ttftNanos()
                + TYPICAL_OUTPUT * candidate.score().tokenNanos();
        return seconds * (candidate.view().state().inFlight() + 1);
    }

    private static double inverseSquarePrice(Candidate candidate) {
        double price = Math.max(1e-6, blended(candidate));
        return 1 / (price * price);
    }

    /** Dollars per million tokens, three parts input to one part output; the expected cost if there is no price. */
    private static double blended(Candidate candidate) {
        Price price = candidate.view().replica().price();
        return price == null ? 1000 * candidate.score().priceUsd() : (3 * price.input() + price.output()) / 4.0 / 1e6;
    }

    private static double sum(Candidate candidate) {
        Double headroom = candidate.view().headroom();
        return (candidate.view().replica().local() ? LOCAL_BONUS : 0)
                - 0.01 * candidate.score().ttftNanos() / 1e6
                - 5 * (1 - candidate.score().success())
                - blended(candidate)
                + (headroom == null ? 0 : HEADROOM_BONUS * headroom);
    }

    private static Candidate highest(List<Candidate> eligible, Situation situation, Measure measure) {
        return eligible.stream()
                .max(Comparator.<Candidate>comparingDouble(measure::of).thenComparing(one -> chance(one, situation, 1)))
                .orElseThrow();
    }

    /** The first to ring of exponential clocks, each as fast as its weight (Efraimidis and Spirakis 2006). */
    private static Candidate drawn(List<Candidate> eligible, Situation situation, Measure weight) {
        return eligible.stream()
                .min(Comparator.comparingDouble(
                        one -> -StrictMath.log(1 - chance(one, situation, 2)) / Math.max(1e-12, weight.of(one))))
                .orElseThrow();
    }

    private static Candidate ofTwo(List<Candidate> eligible, Situation situation, Measure cost) {
        List<Candidate> drawn = new ArrayList<>(eligible);
        drawn.sort(Comparator.comparingDouble(one -> chance(one, situation, 3)));
        return drawn.size() > 1 && cost.of(drawn.get(1)) < cost.of(drawn.getFirst()) ? drawn.get(1) : drawn.getFirst();
    }

    private static double chance(Candidate candidate, Situation situation, long salt) {
        long own = candidate.view().replica().id().value().hashCode();
        return Mixing.unit(Mixing.mix(situation.seed(), salt), own);
    }
}
