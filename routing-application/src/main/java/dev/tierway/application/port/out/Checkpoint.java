package dev.tierway.application.port.out;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that was completed: what is kept of it, so that nobody pays for it again.
 *
 * @param requestHash of what was asked
 * @param agent who asked, as the call names it; null if it doesn't
 * @param callId of the call that was paid for; of a tool's result, the call's that asked for it
 * @param replica who answered; null for a tool's result
 * @param failedReplicas who was tried before, in that order
 * @param reply as JSON text
 * @param inputTokens 0 for a tool's result
 * @param costNanoUsd null if unknown
 * @param stateVersion of the workflow's state when the step was completed; 0: it has none
 */
public record Checkpoint(
        StepKey step,
        String requestHash,
        @Nullable String agent,
        String callId,
        @Nullable String replica,
        List<String> failedReplicas,
        String reply,
        long inputTokens,
        long outputTokens,
        @Nullable Long costNanoUsd,
        long startedEpochMillis,
        long endedEpochMillis,
        long stateVersion) {
    public Checkpoint {
        failedReplicas = List.copyOf(failedReplicas);
    }
}
