package dev.tierway.simulation.world;

import dev.tierway.domain.fleet.Mixing;

/**
 * All luck of a run, as a function of what it concerns and never of the order of draws: contenders with the same seed meet
 * the same luck wherever they do the same.
 */
public record Luck(long seed) {
    private static final int MOST_REPLICAS = 1024;

    /** The key of one attempt's luck. */
    public long ofAttempt(int call, int attempt, int replica) {
        return Mixing.mix(Mixing.mix(seed, call), (long) attempt * MOST_REPLICAS + replica);
    }

    /** The key of a contender's own dice for one call. */
    public long ofCall(int call) {
        return Mixing.mix(~seed, call);
    }

    static double unit(long key, int salt) {
        return Mixing.unit(key, salt);
    }

    /** A standard normal number (Box and Muller 1958). */
    static double gaussian(long key, int salt) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(key, salt)));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit(key, salt + 1));
    }

    /** A time of that mean, exponentially distributed. */
    static double exponential(double mean, long key, int salt) {
        return -mean * StrictMath.log(1 - unit(key, salt));
    }
}
