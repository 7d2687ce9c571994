package dev.tierway.application.queue;

import org.jspecify.annotations.Nullable;

/** How fast a queue that isn't empty gets shorter: slots taken, fading over ten seconds. For one thread. */
public final class DrainRate {
    private static final double FADING_NANOS = 10e9;
    private static final int LEAST_KNOWN = 3;

    private double count;
    private long taken;
    private long watchedNanos;
    private long lastNanos;
    private boolean watching;

    /** The queue is empty no more: only from here on its length says how fast it could be. */
    public void begin(long nowNanos) {
        lastNanos = nowNanos;
        watching = true;
    }

    /** Somebody who waited got a slot. */
    public void took(long nowNanos) {
        pass(nowNanos);
        count++;
        taken++;
    }

    /** The queue is empty: nobody left to get slots. */
    public void end(long nowNanos) {
        pass(nowNanos);
        watching = false;
    }

    /** Slots per second; null until a few were taken. */
    public @Nullable Double perSecond(long nowNanos) {
        pass(nowNanos);
        if (taken < LEAST_KNOWN || watchedNanos == 0) {
            return null;
        }
        double seenNanos = FADING_NANOS * (1 - StrictMath.exp(-watchedNanos / FADING_NANOS));
        return count * 1e9 / seenNanos;
    }

    private void pass(long nowNanos) {
        if (watching && nowNanos > lastNanos) {
            count *= StrictMath.exp(-(nowNanos - lastNanos) / FADING_NANOS);
            watchedNanos += nowNanos - lastNanos;
            lastNanos = nowNanos;
        }
    }
}
