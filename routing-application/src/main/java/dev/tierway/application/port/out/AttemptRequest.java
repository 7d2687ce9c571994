package dev.tierway.application.port.out;

import dev.tierway.domain.call.AttemptClocks;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.Replica;

/**
 * One attempt at one replica.
 *
 * @param inputEstimate input tokens expected, for usage the vendor doesn't report
 */
public record AttemptRequest(
        AttemptId attempt,
        String requestId,
        Replica replica,
        Payload payload,
        boolean stream,
        long inputEstimate,
        AttemptClocks clocks) {
    /** What is asked for. */
    public Operation operation() {
        return payload.operation();
    }
}
