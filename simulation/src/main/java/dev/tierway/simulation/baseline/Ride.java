package dev.tierway.simulation.baseline;

import dev.tierway.domain.fleet.Mixing;
import java.util.BitSet;

/** One call on its way through a baseline: what it has tried, and its dice. */
public final class Ride {
    private final int call;
    private final long seed;
    private final BitSet tried = new BitSet();
    private int attempts;
    private int last = -1;
    private int naps;
    private long wakeAtNanos;

    /** @param seed of the contender's own dice for this call */
    public Ride(int call, long seed) {
        this.call = call;
        this.seed = seed;
    }

    public int call() {
        return call;
    }

    /** Attempts sent so far. */
    public int attempts() {
        return attempts;
    }

    /** Where the last attempt went; -1 before the first. */
    int last() {
        return last;
    }

    boolean tried(int backend) {
        return tried.get(backend);
    }

    public void sent(int backend) {
        tried.set(backend);
        attempts++;
        naps = 0;
        last = backend;
    }

    /** A number in [0, 1), another one for each attempt and salt. */
    double dice(int salt) {
        return Mixing.unit(seed, attempts * 1000L + salt);
    }

    /** Asks to be woken then: goes with {@link Balancer#WAIT}. */
    public void sleepUntil(long atNanos) {
        wakeAtNanos = atNanos;
        naps++;
    }

    /** How often it has slept since its last attempt. */
    int naps() {
        return naps;
    }

    public long wakeAtNanos() {
        return wakeAtNanos;
    }
}
