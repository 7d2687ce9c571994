package dev.tierway.application.checkpoint;

import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers what a test wants to hear, and remembers what it was told. */
final class HeldStore implements CheckpointStore {
    /** Answered before {@link #claim}, each once. */
    final Deque<Claim> first = new ConcurrentLinkedDeque<>();

    volatile Claim claim = new Claim.Taken(List.of());
    boolean keeps = true;

    @Nullable
    SharedState state;

    final List<Checkpoint> completed = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Claim> claim(StepKey step, String requestHash, String writer, long now, long until) {
        log.add("claim");
        Claim next = first.poll();
        return CompletableFuture.completedFuture(next == null ? claim : next);
    }

    @Override
    public CompletionStage<Boolean> renew(StepKey step, String writer, long until) {
        log.add("renew");
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<@Nullable Void> failedAt(StepKey step, String writer, String replica) {
        log.add("failed at " + replica);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> complete(String writer, Checkpoint done) {
        completed.add(done);
        return CompletableFuture.completedFuture(keeps);
    }

    @Override
    public CompletionStage<@Nullable Void> release(StepKey step, String writer) {
        log.add("release");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<@Nullable Checkpoint> find(StepKey step) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<Checkpoint>> steps(@Nullable String key, String workflow, int limit) {
        return CompletableFuture.completedFuture(completed);
    }

    @Override
    public CompletionStage<@Nullable SharedState> state(@Nullable String key, String workflow) {
        return CompletableFuture.completedFuture(state);
    }

    @Override
    public CompletionStage<SharedState> compareAndSet(
            @Nullable String key, String workflow, long seen, SharedState next) {
        SharedState now = state;
        if ((now == null ? 0 : now.version()) == seen) {
            now = next;
            state = next;
        }
        return CompletableFuture.completedFuture(now == null ? next : now);
    }

    @Override
    public CompletionStage<@Nullable Void> forget(@Nullable String key, String workflow) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
}
