package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.fleet.Mixing;
import java.util.Comparator;
import java.util.List;

/** The fixed strategies: an order over eligible candidates, ties by seed. */
final class StrategyRanking {
    private StrategyRanking() {}

    /** @param candidates not empty */
    static Candidate first(Strategy strategy, List<Candidate> candidates, long seed) {
        return switch (strategy) {
            case ADAPTIVE -> ReplicaPicker.best(candidates, seed);
            case SINGLE -> least(candidates, seed, Comparator.comparingInt(Candidate::declared));
            case PRIORITY ->
                least(
                        candidates,
                        seed,
                        Comparator.<Candidate>comparingInt(
                                        one -> one.view().replica().priority())
                                .thenComparingInt(Candidate::declared));
            // The one used longest ago is whose turn it is.
            case ROUND_ROBIN -> least(candidates, seed, Comparator.comparingLong(StrategyRanking::lastUsed));
            case LEAST_REQUESTS ->
                least(
                        candidates,
                        seed,
                        Comparator.comparingInt(one -> one.view().state().inFlight()));
            case LATENCY ->
                least(
                        candidates,
                        seed,
                        Comparator.comparingDouble(one -> -one.score().latency()));
            case COST ->
                least(
                        candidates,
                        seed,
                        Comparator.comparingDouble(one -> -one.score().price()));
            case WEIGHTED -> weighted(candidates, seed);
        };
    }

    private static long lastUsed(Candidate candidate) {
        Long at = candidate.view().state().lastUsedNanos();
        return at == null ? Long.MIN_VALUE : at;
    }

    private static Candidate least(List<Candidate> candidates, long seed, Comparator<Candidate> order) {
        return candidates.stream()
                .min(order.thenComparingLong(one -> ReplicaPicker.tie(one, seed)))
                .orElseThrow();
    }

    private static Candidate weighted(List<Candidate> candidates, long seed) {
        long all = candidates.stream()
                .mapToLong(one -> one.view().replica().weight())
                .sum();
        double at = Mixing.unit(seed, 104) * all;
        for (Candidate candidate : candidates) {
            at -= candidate.view().replica().weight();
            if (at < 0) {
                return candidate;
            }
        }
        return candidates.getLast();
    }
}
