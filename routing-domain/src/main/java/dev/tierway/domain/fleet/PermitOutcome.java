package dev.tierway.domain.fleet;

import dev.tierway.domain.failure.Failure;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, for the health of its replica. */
public sealed interface PermitOutcome {
    /**
     * @param ttftNanos from sending to the first semantic token; equal to {@code totalNanos} for a unary reply
     * @param totalNanos from sending to the end
     * @param textBytes of a prompt that was all text and whose tokens the vendor has counted; else 0
     * @param prompt what the replica may now hold in its cache
     */
    record Succeeded(
            boolean stream,
            long ttftNanos,
            long totalNanos,
            long inputTokens,
            long outputTokens,
            long textBytes,
            Prompt prompt)
            implements PermitOutcome {
        public Succeeded(boolean stream, long ttftNanos, long totalNanos, long inputTokens, long outputTokens) {
            this(stream, ttftNanos, totalNanos, inputTokens, outputTokens, 0, Prompt.UNKNOWN);
        }
    }

    /**
     * @param waitedNanos from sending to the failure, or to the first token of a stream if there was one
     * @param tookNanos from sending to the failure
     * @param billedShare what of a whole answer's price the vendor bills for it, in [0, 1]; null is unknown
     */
    record Failed(
            Failure failure,
            boolean stream,
            long waitedNanos,
            long tookNanos,
            long inputTokens,
            @Nullable Double billedShare)
            implements PermitOutcome {
        public Failed(Failure failure, boolean stream, long waitedNanos, long tookNanos, long inputTokens) {
            this(failure, stream, waitedNanos, tookNanos, inputTokens, null);
        }
    }

    /** Never sent: a denied reservation, a client that left before. */
    record Unused() implements PermitOutcome {}
}
