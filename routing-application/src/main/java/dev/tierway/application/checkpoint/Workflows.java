package dev.tierway.application.checkpoint;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.StateConflictException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.QueryWorkflows;
import dev.tierway.application.port.in.ResumePoint;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.WallClock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of workflows. Methods wait for the storage: on an event loop they throw {@link IllegalStateException}. Without
 * checkpoints they throw {@link InvalidRequestException}.
 */
public final class Workflows implements QueryWorkflows {
    /** More steps than that no workflow is shown with: the newest. */
    private static final int MOST_STEPS = 1000;

    private final CheckpointStore store;
    private final boolean enabled;
    private final Fingerprint fingerprint;
    private final CallExecutors executors;
    private final WallClock clock;

    public Workflows(
            CheckpointStore store, boolean enabled, Fingerprint fingerprint, CallExecutors executors, WallClock clock) {
        this.store = store;
        this.enabled = enabled;
        this.fingerprint = fingerprint;
        this.executors = executors;
        this.clock = clock;
    }

    /** Where it goes on; empty of steps if it never began. */
    public ResumePoint resumePoint(String workflow) {
        return await(() -> resumePoint(null, workflow));
    }

    /** The same without waiting. */
    @Override
    public CompletionStage<ResumePoint> resumePoint(@Nullable String key, String workflow) {
        if (!enabled) {
            return CompletableFuture.failedFuture(off());
        }
        return store.steps(key, workflow, MOST_STEPS)
                .thenCombine(store.state(key, workflow), (steps, state) -> new ResumePoint(workflow, steps, state));
    }

    public boolean enabled() {
        return enabled;
    }

    /** What the workflow's agents share; empty: nothing yet. */
    public Optional<SharedState> state(String workflow) {
        return Optional.ofNullable(await(() -> store.state(null, workflow)));
    }

    /**
     * Writes the shared state over a version.
     *
     * @param seen the version that was read; 0: there was none
     * @param json any JSON of at most {@link CheckpointedCalls#MOST_STATE_BYTES}
     * @param agent who writes it
     * @return what is there now; the same version if nothing was changed
     * @throws StateConflictException naming both versions, if somebody else was quicker
     */
    public SharedState share(String workflow, long seen, String json, String agent) {
        CheckpointedCalls.checkState(json);
        String hash = fingerprint.ofJson(json);
        SharedState next = new SharedState(seen + 1, json, hash, agent, clock.epochMillis());
        SharedState now = await(() -> store.compareAndSet(null, workflow, seen, next));
        if (!now.hash().equals(hash)) {
            throw new StateConflictException(workflow, seen, now.version(), StateWrite.by(now));
        }
        return now;
    }

    /** Forgets a workflow, its steps and its state: what it asks again is paid again. */
    public void forget(String workflow) {
        await(() -> store.forget(null, workflow).thenApply(done -> true));
    }

    private static InvalidRequestException off() {
        return new InvalidRequestException(TierwayException.Details.of(
                400,
                "invalid_request",
                "checkpoints are off: set agents.checkpoints in the configuration, or checkpoints(...) on the"
                        + " builder"));
    }

    private <T extends @Nullable Object> T await(Supplier<CompletionStage<T>> asked) {
        if (!enabled) {
            throw off();
        }
        if (executors.onEventLoop()) {
            throw new IllegalStateException("this thread is an event loop and must not wait");
        }
        try {
            return asked.get().toCompletableFuture().get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the storage", interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (cause instanceof RuntimeException known) {
                throw known;
            }
            throw new OverloadedException(new TierwayException.Details(
                    "checkpoints can't be read now: " + cause, 503, "checkpoints_unavailable", true, null, null));
        }
    }
}
