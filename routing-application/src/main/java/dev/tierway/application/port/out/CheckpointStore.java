package dev.tierway.application.port.out;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the steps of workflows and the state their agents share. Each method is one transaction: it holds against all that have
 * the same store open. Answers complete exceptionally if the store can't give them.
 */
public interface CheckpointStore extends AutoCloseable {
    /**
     * Begins a step, unless it was completed with the same request, or somebody else is at it. A writer whose time is over has
     * crashed: the next takes its place.
     *
     * @param writer unique among all writers
     * @param nowEpochMillis the caller's time: clocks of instances that share a store must agree to within seconds
     * @param untilEpochMillis how long the writer may be silent
     */
    CompletionStage<Claim> claim(
            StepKey step, String requestHash, String writer, long nowEpochMillis, long untilEpochMillis);

    /** The writer is still at it. False if another has taken its place. */
    CompletionStage<Boolean> renew(StepKey step, String writer, long untilEpochMillis);

    /** The writer's attempt at a replica failed: whoever comes after a crash should know. */
    CompletionStage<@Nullable Void> failedAt(StepKey step, String writer, String replica);

    /** The step is completed. False, and nothing is kept, if another has taken the writer's place. */
    CompletionStage<Boolean> complete(String writer, Checkpoint done);

    /** The writer gave up; where it failed stays known. */
    CompletionStage<@Nullable Void> release(StepKey step, String writer);

    /** The completed step; null if there is none. */
    CompletionStage<@Nullable Checkpoint> find(StepKey step);

    /** The completed steps of a workflow in the order of their completion, the newest {@code limit} of them. */
    CompletionStage<List<Checkpoint>> steps(@Nullable String key, String workflow, int limit);

    /** A workflow's state; null if it has none. */
    CompletionStage<@Nullable SharedState> state(@Nullable String key, String workflow);

    /**
     * Writes a workflow's state over the version that the writer has seen; 0: there was none. The same state again, by hash, over
     * the version it is already is no change.
     *
     * @param next with the version after that one
     * @return what is there afterwards: {@code next}, or what somebody else has written
     */
    CompletionStage<SharedState> compareAndSet(@Nullable String key, String workflow, long seen, SharedState next);

    /** Forgets a workflow: its steps and its state. */
    CompletionStage<@Nullable Void> forget(@Nullable String key, String workflow);

    @Override
    void close();

    /** What came of wanting to begin a step. */
    sealed interface Claim {
        /** @param failedReplicas where writers before failed */
        record Taken(List<String> failedReplicas) implements Claim {
            public Taken {
                failedReplicas = List.copyOf(failedReplicas);
            }
        }

        record Done(Checkpoint checkpoint) implements Claim {}

        /** @param untilEpochMillis when it may be tried again at the latest */
        record Busy(String writer, long untilEpochMillis) implements Claim {}
    }
}
