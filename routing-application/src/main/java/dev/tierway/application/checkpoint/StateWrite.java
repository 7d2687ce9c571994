package dev.tierway.application.checkpoint;

import dev.tierway.application.error.StateConflictException;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.SharedState;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writes the state a call brings, before the call: over the version that its caller has read, or, if it doesn't say, over what
 * the same agent wrote last.
 */
final class StateWrite {
    private StateWrite() {}

    /** Completes with the version that is there then, or with a {@link StateConflictException}. */
    static CompletionStage<Long> of(CheckpointParts parts, CallCommand command, String json) {
        CallOptions options = command.options();
        String workflow = String.valueOf(options.workflow());
        String hash = parts.fingerprint().ofJson(json);
        return parts.store().state(command.key(), workflow).thenCompose(found -> {
            long seen = seen(found, options, workflow, hash);
            SharedState next = new SharedState(
                    seen + 1, json, hash, options.agent(), parts.wallClock().epochMillis());
            return parts.store()
                    .compareAndSet(command.key(), workflow, seen, next)
                    .thenApply(now -> {
                        if (!now.hash().equals(hash)) {
                            throw new StateConflictException(workflow, seen, now.version(), by(now));
                        }
                        return now.version();
                    });
        });
    }

    private static long seen(@Nullable SharedState found, CallOptions options, String workflow, String hash) {
        Long said = options.stateVersion();
        if (said != null) {
            return said;
        }
        if (found == null) {
            return 0;
        }
        if (!Objects.equals(found.agent(), options.agent()) && !found.hash().equals(hash)) {
            throw new StateConflictException(workflow, null, found.version(), by(found));
        }
        return found.version();
    }

    static String by(SharedState state) {
        return state.agent() == null ? "an agent without a name" : "agent " + state.agent();
    }
}
