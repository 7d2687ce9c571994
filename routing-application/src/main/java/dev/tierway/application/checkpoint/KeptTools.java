package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.json.Json;
import dev.tierway.application.json.RecordReader;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.StepKey;
import dev.tierway.application.port.out.ToolOutcome;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.tools.ToolMemory;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tools' results as steps of their workflow. A result that can't be kept is used all the same, and that is told. */
public final class KeptTools implements ToolMemory {
    private final CheckpointStore store;
    private final Fingerprint fingerprint;
    private final WallClock clock;
    private final Consumer<Throwable> trouble;

    public KeptTools(CheckpointStore store, Fingerprint fingerprint, WallClock clock, Consumer<Throwable> trouble) {
        this.store = store;
        this.fingerprint = fingerprint;
        this.clock = clock;
        this.trouble = trouble;
    }

    private static @Nullable StepKey key(CallOptions step, int use) {
        return step.workflow() == null || step.step() == null
                ? null
                : CheckpointedCalls.key(step, step.step() + "/tool-" + use);
    }

    private String hash(ToolCall call) {
        return fingerprint.ofValue(
                List.of(call.name(), Json.read(call.arguments().json())));
    }

    @Override
    public @Nullable ToolOutcome recall(CallOptions step, int use, ToolCall call) {
        StepKey key = key(step, use);
        if (key == null) {
            return null;
        }
        try {
            Checkpoint kept = store.find(key).toCompletableFuture().join();
            return kept == null || !kept.requestHash().equals(hash(call))
                    ? null
                    : RecordReader.read(kept.reply(), ToolOutcome.class);
        } catch (CompletionException | IllegalArgumentException lost) {
            trouble.accept(lost);
            return null;
        }
    }

    @Override
    public void keep(CallOptions step, int use, ToolCall call, ToolOutcome outcome) {
        StepKey key = key(step, use);
        if (key == null) {
            return;
        }
        long now = clock.epochMillis();
        String writer = "tool " + call.id();
        String hash = hash(call);
        try {
            store.claim(key, hash, writer, now, now)
                    .thenCompose(claim -> store.complete(
                            writer,
                            new Checkpoint(
                                    key,
                                    hash,
                                    step.agent(),
                                    call.id(),
                                    null,
                                    List.of(),
                                    Json.canonical(outcome),
                                    0,
                                    0,
                                    0L,
                                    now,
                                    now,
                                    0)))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException lost) {
            trouble.accept(lost);
        }
    }
}
