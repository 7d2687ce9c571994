package dev.tierway.domain.fleet;

import org.jspecify.annotations.Nullable;

/**
 * What health probes know of one replica. Immutable; whether it still counts is a function of time, so that a prober
 * that stops keeps nobody out for ever.
 *
 * @param last null: never probed, or a call was delivered after it failed
 * @param probedNanos when that was found; null if {@code last} is
 * @param failures probes in a row that found it dead
 * @param untilNanos until when all this counts
 */
public record ProbeState(
        @Nullable ProbeResult last, @Nullable Long probedNanos, int failures, long untilNanos) {
    public static final ProbeState UNPROBED = new ProbeState(null, null, 0, 0);

    /** One lost packet is no verdict. */
    private static final int FAILURES_TO_MARK = 2;

    /** Until when calls are kept from it; null if they aren't. What has expired says nothing: unknown isn't unhealthy. */
    public @Nullable Long unhealthyUntilNanos(long nowNanos) {
        return failures >= FAILURES_TO_MARK && nowNanos < untilNanos ? untilNanos : null;
    }

    /** What was found last, if it still counts. */
    public @Nullable ProbeResult resultAt(long nowNanos) {
        return nowNanos < untilNanos ? last : null;
    }

    ProbeState probed(ProbeResult result, long nowNanos, long validForNanos) {
        int counted = nowNanos < untilNanos ? failures : 0;
        if (!result.alive() && !result.dead() && counted > 0) {
            return this;
        }
        return new ProbeState(result, nowNanos, result.dead() ? counted + 1 : 0, nowNanos + validForNanos);
    }

    /** A call was delivered there: better evidence than any probe. */
    ProbeState worked() {
        return failures == 0 ? this : UNPROBED;
    }
}
