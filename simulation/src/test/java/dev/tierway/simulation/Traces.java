package dev.tierway.simulation;

import dev.tierway.domain.fleet.Mixing;
import java.util.ArrayList;
import java.util.List;

/** Traces for tests. */
final class Traces {
    private Traces() {}

    /** Poisson arrivals of conversations: prompts and answers of log-normal lengths. */
    static Trace poisson(int calls, double callsPerSecond, long seed) {
        return poisson(calls, callsPerSecond, 900, 200, seed);
    }

    static Trace poisson(int calls, double callsPerSecond, double input, double output, long seed) {
        List<Arrival> arrivals = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < calls; i++) {
            long key = Mixing.mix(seed, i);
            arrivals.add(new Arrival((long) at, length(input, key, 1), length(output, key, 3), List.of()));
            at += -StrictMath.log(1 - Mixing.unit(key, 0)) / callsPerSecond * 1e9;
        }
        return new Trace("poisson", arrivals);
    }

    private static int length(double median, long key, int salt) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - Mixing.unit(key, salt)));
        double normal = radius * StrictMath.cos(2 * StrictMath.PI * Mixing.unit(key, salt + 1));
        return (int) Math.max(1, median * StrictMath.exp(0.6 * normal));
    }
}
