package dev.tierway.simulation.world;

import java.util.List;

/**
 * Faults by how often they are the one that strikes.
 *
 * @param kinds what may strike
 * @param weights of each kind, in the same order
 */
public record FaultMix(List<FaultKind> kinds, List<Double> weights) {
    /** What ordinary bad luck looks like: all kinds that a working vendor shows now and then. */
    public static final FaultMix ORDINARY = new FaultMix(
            List.of(
                    FaultKind.SERVER_ERROR,
                    FaultKind.OVERLOADED,
                    FaultKind.RATE_LIMITED,
                    FaultKind.REFUSED,
                    FaultKind.CONNECT_TIMEOUT,
                    FaultKind.BLACK_HOLE,
                    FaultKind.STREAM_BREAK),
            List.of(0.45, 0.25, 0.14, 0.05, 0.04, 0.02, 0.05));

    /** A vendor that is down: front ends that refuse, don't answer, or say so. */
    public static final FaultMix DOWN = new FaultMix(
            List.of(FaultKind.OVERLOADED, FaultKind.REFUSED, FaultKind.CONNECT_TIMEOUT), List.of(0.4, 0.4, 0.2));

    public FaultMix {
        kinds = List.copyOf(kinds);
        weights = List.copyOf(weights);
        if (kinds.isEmpty() || kinds.size() != weights.size()) {
            throw new IllegalArgumentException("a mix of faults needs a weight for each of its kinds");
        }
    }

    public static FaultMix only(FaultKind kind) {
        return new FaultMix(List.of(kind), List.of(1.0));
    }

    /** @param draw in [0, 1) */
    FaultKind draw(double draw) {
        double all = 0;
        for (double weight : weights) {
            all += weight;
        }
        double left = draw * all;
        for (int i = 0; i < kinds.size(); i++) {
            left -= weights.get(i);
            if (left < 0) {
                return kinds.get(i);
            }
        }
        return kinds.getLast();
    }
}
