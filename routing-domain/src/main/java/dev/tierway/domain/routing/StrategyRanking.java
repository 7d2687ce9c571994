package dev.tierway.domain.routing;

import dev.tierway.domain.fleet.Mixing;
import java.util.Comparator;
import java.util.List;

/** The fixed strategies: an order over eligible candidates, ties by seed. */
final class StrategyRanking {
    private static final long SALT_WEIGHTED = 104;

    private StrategyRanking() {}

    /** @param candidates not empty */
    static Pick pick(List<Candidate> candidates, Situation situation) {
        return switch (situation.policy().strategy()) {
            case ADAPTIVE -> certain(ReplicaPicker.best(candidates, situation.seed()));
            case SINGLE -> least(candidates, situation, Comparator.comparingInt(Candidate::declared));
            case PRIORITY -> least(candidates, situation, byPriority(situation));
            // The one used longest ago is whose turn it is.
            case ROUND_ROBIN -> least(candidates, situation, Comparator.comparingLong(StrategyRanking::lastUsed));
            case LEAST_REQUESTS ->
                least(
                        candidates,
                        situation,
                        Comparator.comparingInt(one -> one.view().state().inFlight()));
            case LATENCY ->
                least(
                        candidates,
                        situation,
                        Comparator.comparingDouble(one -> -one.score().latency()));
            case COST ->
                least(
                        candidates,
                        situation,
                        Comparator.comparingDouble(one -> -one.score().price()));
            case WEIGHTED -> weighted(candidates, situation.seed());
        };
    }

    /** A route's targets are in the order of preference already. */
    private static Comparator<Candidate> byPriority(Situation situation) {
        Comparator<Candidate> declared = Comparator.comparingInt(Candidate::declared);
        return situation.features().ask().route() != null
                ? declared
                : Comparator.<Candidate>comparingInt(one -> one.view().replica().priority())
                        .thenComparing(declared);
    }

    private static long lastUsed(Candidate candidate) {
        Long at = candidate.view().state().lastUsedNanos();
        return at == null ? Long.MIN_VALUE : at;
    }

    private static Pick least(List<Candidate> candidates, Situation situation, Comparator<Candidate> order) {
        return certain(candidates.stream()
                .min(order.thenComparing((a, b) -> ReplicaPicker.compareByChance(a, b, situation.seed())))
                .orElseThrow());
    }

    private static Pick certain(Candidate candidate) {
        return new Pick(candidate, Choice.Because.STRATEGY, 1);
    }

    /**
     * The first to ring of exponential clocks, each as fast as its weight: picks in proportion to the weights, whatever
     * the order of the list (Efraimidis and Spirakis 2006).
     */
    private static Pick weighted(List<Candidate> candidates, long seed) {
        long mixed = Mixing.mix(seed, SALT_WEIGHTED);
        Candidate winner = candidates.getFirst();
        double earliest = Double.POSITIVE_INFINITY;
        double all = 0;
        for (Candidate candidate : candidates) {
            int weight = candidate.view().replica().weight();
            double drawn =
                    Mixing.unit(mixed, candidate.view().replica().id().value().hashCode());
            double rings = -StrictMath.log(1 - drawn) / weight;
            all += weight;
            if (rings < earliest || (rings == earliest && ReplicaPicker.compareByChance(candidate, winner, seed) > 0)) {
                winner = candidate;
                earliest = rings;
            }
        }
        double share = all == 0 ? 1 : winner.view().replica().weight() / all;
        return new Pick(winner, Choice.Because.STRATEGY, share);
    }
}
