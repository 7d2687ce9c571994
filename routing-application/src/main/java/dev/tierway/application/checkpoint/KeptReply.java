package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.LedgerRow;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answer of a call that was a step of a workflow. */
public final class KeptReply {
    private static final int MOST_STEPS = 1000;

    private KeptReply() {}

    /** Empty if it isn't kept, or can't be read any more. */
    public static CompletionStage<Optional<ChatResponse>> of(
            CheckpointStore store, LedgerRow.Origin origin, String callId) {
        String workflow = origin.workflow();
        if (workflow == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return store.steps(origin.key(), workflow, MOST_STEPS)
                .thenApply(steps -> steps.stream()
                        .filter(step -> step.callId().equals(callId) && step.replica() != null)
                        .findFirst()
                        .flatMap(KeptReply::read));
    }

    private static Optional<ChatResponse> read(Checkpoint step) {
        try {
            return Optional.of(StoredReply.read(step.reply()));
        } catch (IllegalArgumentException ofAnotherVersion) {
            return Optional.empty();
        }
    }
}
