package dev.tierway.simulation.world;

/**
 * What load does to a replica's speed. Up to its soft capacity everything slows gently, as batches grow. What comes beyond
 * it queues before its first token, so that throughput stays what it is at the soft capacity.
 */
public final class Crowding {
    private static final double AT_CAPACITY = 0.25;

    private Crowding() {}

    /** Factor on the time an answer takes once it is begun, at that load as a share of the soft capacity. */
    public static double slowdown(double utilisation) {
        double shared = Math.min(1, utilisation);
        return 1 + AT_CAPACITY * shared * shared;
    }

    /** How long the queue is, in mean answers at full load. */
    static double queue(double utilisation) {
        return Math.max(0, utilisation - 1);
    }
}
