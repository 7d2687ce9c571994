package dev.tierway.simulation.world;

/**
 * What load does to a replica's speed. Up to its soft capacity everything slows gently, as batches grow; beyond it
 * requests share the machine, so that throughput doesn't grow any more, and new ones queue before their first token.
 */
public final class Crowding {
    private static final double AT_CAPACITY = 1.25;
    private static final double QUEUE = 4;

    private Crowding() {}

    /** Factor on every time at that load, as a share of the soft capacity. */
    public static double slowdown(double utilisation) {
        return utilisation <= 1 ? 1 + (AT_CAPACITY - 1) * utilisation * utilisation : AT_CAPACITY * utilisation;
    }

    /** Factor on the time to first token on top of that. */
    public static double queueing(double utilisation) {
        return utilisation <= 1 ? 1 : 1 + QUEUE * (utilisation - 1);
    }
}
