package dev.tierway.simulation.world;

import dev.tierway.domain.fleet.Mixing;
import java.util.List;

/**
 * Ordinary bad luck, in every scenario: each replica is good or bad (a two-state Markov process), and now and then a
 * provider's replicas are bad together. Which times are bad is a function of the seed alone.
 *
 * @param goodShare attempts that fail in good times
 * @param badShare attempts that fail in a replica's bad times
 * @param shockShare attempts that fail in a provider's bad times
 * @param goodSeconds mean length of a replica's good times
 * @param badSeconds mean length of its bad times
 * @param calmSeconds mean time between a provider's shocks
 * @param shockSeconds mean length of a shock
 */
public record Weather(
        double goodShare,
        double badShare,
        double shockShare,
        double goodSeconds,
        double badSeconds,
        double calmSeconds,
        double shockSeconds) {
    /**
     * A vendor with about 99.5 % of its requests answered: in good times one in a thousand fails, about every 15 minutes a
     * replica has 8 s in which a third fail, about every 50 minutes a provider has 5 s in which most do.
     */
    public static final Weather ORDINARY = new Weather(0.001, 0.35, 0.6, 900, 8, 3000, 5);

    /** Never a cloud: for tests of something else. */
    public static final Weather CLEAR = new Weather(0, 0, 0, 1e9, 1, 1e9, 1);

    private static final long REPLICA_SALT = 7_000_001;
    private static final long PROVIDER_SALT = 7_100_001;
    private static final double SECOND = 1e9;

    /**
     * Plans all bad times.
     *
     * @param provider of each replica, by number
     */
    public void plan(VirtualTime time, List<ReplicaTruth> replicas, int[] provider, long untilNanos, long seed) {
        int[] shocks = new int[replicas.size()];
        int[] spells = new int[replicas.size()];
        for (ReplicaTruth replica : replicas) {
            int i = replica.index();
            replica.badLuck(goodShare);
            long key = Mixing.mix(seed, REPLICA_SALT + i);
            alternate(time, goodSeconds, badSeconds, untilNanos, key, change -> {
                spells[i] += change;
                replica.badLuck(share(spells[i], shocks[i]));
            });
            long shared = Mixing.mix(seed, PROVIDER_SALT + provider[i]);
            alternate(time, calmSeconds, shockSeconds, untilNanos, shared, change -> {
                shocks[i] += change;
                replica.badLuck(share(spells[i], shocks[i]));
            });
        }
    }

    private double share(int spells, int shocks) {
        return Math.max(goodShare, Math.max(spells > 0 ? badShare : 0, shocks > 0 ? shockShare : 0));
    }

    private interface Change {
        /** @param by 1 when bad times begin, -1 when they end */
        void apply(int by);
    }

    private static void alternate(
            VirtualTime time, double goodMean, double badMean, long untilNanos, long key, Change change) {
        double at = 0;
        for (int salt = 0; at < untilNanos; salt += 2) {
            double begin = at + SECOND * Luck.exponential(goodMean, key, salt);
            double end = begin + SECOND * Luck.exponential(badMean, key, salt + 1);
            if (begin >= untilNanos) {
                return;
            }
            time.at((long) begin, () -> change.apply(1));
            time.at((long) end, () -> change.apply(-1));
            at = end;
        }
    }
}
