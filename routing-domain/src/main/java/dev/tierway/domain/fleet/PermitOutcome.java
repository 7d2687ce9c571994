package dev.tierway.domain.fleet;

import dev.tierway.domain.failure.Failure;

/** How an attempt ended, for the health of its replica. */
public sealed interface PermitOutcome {
    /**
     * @param ttftNanos from sending to the first semantic token; equal to {@code totalNanos} for a unary reply
     * @param totalNanos from sending to the end
     */
    record Succeeded(boolean stream, long ttftNanos, long totalNanos, long inputTokens, long outputTokens)
            implements PermitOutcome {}

    /**
     * @param waitedNanos from sending to the failure, or to the first token of a stream if there was one
     * @param tookNanos from sending to the failure
     */
    record Failed(Failure failure, boolean stream, long waitedNanos, long tookNanos, long inputTokens)
            implements PermitOutcome {}

    /** Never sent: a denied reservation, a client that left before. */
    record Unused() implements PermitOutcome {}
}
