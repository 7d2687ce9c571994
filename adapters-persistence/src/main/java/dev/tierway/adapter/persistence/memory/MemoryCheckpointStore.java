package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps and states, gone with the process. Of more workflows than fit, the one unused for longest is forgotten. */
public final class MemoryCheckpointStore implements CheckpointStore {
    private static final int MOST_WORKFLOWS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Name, Workflow> workflows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Workflow> eldest) {
            return size() > MOST_WORKFLOWS;
        }
    };

    private record Name(@Nullable String key, String workflow) {}

    private static final class Workflow {
        private final Map<String, Step> steps = new LinkedHashMap<>();
        private final List<Checkpoint> completed = new ArrayList<>();
        private @Nullable SharedState state;
    }

    private static final class Step {
        private String writer = "";
        private long until;
        private final List<String> failed = new ArrayList<>();
        private @Nullable Checkpoint done;
    }

    private <T extends @Nullable Object> CompletionStage<T> locked(Supplier<T> work) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(work.get());
        } finally {
            lock.unlock();
        }
    }

    private Workflow workflow(@Nullable String key, String name) {
        return workflows.computeIfAbsent(new Name(key, name), unknown -> new Workflow());
    }

    private @Nullable Step held(StepKey step, String writer) {
        Step known = workflow(step.key(), step.workflow()).steps.get(step.step());
        return known != null && known.done == null && known.writer.equals(writer) ? known : null;
    }

    @Override
    public CompletionStage<Claim> claim(
            StepKey step, String requestHash, String writer, long nowEpochMillis, long untilEpochMillis) {
        return locked(() -> {
            Workflow workflow = workflow(step.key(), step.workflow());
            Step known = workflow.steps.computeIfAbsent(step.step(), unknown -> new Step());
            Checkpoint done = known.done;
            if (done != null && done.requestHash().equals(requestHash)) {
                return new Claim.Done(done);
            }
            if (done == null && known.until > nowEpochMillis && !known.writer.equals(writer)) {
                return new Claim.Busy(known.writer, known.until);
            }
            if (done != null) {
                workflow.completed.remove(done);
                known.done = null;
                known.failed.clear();
            }
            known.writer = writer;
            known.until = untilEpochMillis;
            return new Claim.Taken(known.failed);
        });
    }

    @Override
    public CompletionStage<Boolean> renew(StepKey step, String writer, long untilEpochMillis) {
        return locked(() -> {
            Step held = held(step, writer);
            if (held != null) {
                held.until = untilEpochMillis;
            }
            return held != null;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> failedAt(StepKey step, String writer, String replica) {
        return locked(() -> {
            Step held = held(step, writer);
            if (held != null && !held.failed.contains(replica)) {
                held.failed.add(replica);
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Boolean> complete(String writer, Checkpoint done) {
        return locked(() -> {
            Step held = held(done.step(), writer);
            if (held != null) {
                held.done = done;
                workflow(done.step().key(), done.step().workflow()).completed.add(done);
            }
            return held != null;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> release(StepKey step, String writer) {
        return locked(() -> {
            Step held = held(step, writer);
            if (held != null) {
                held.until = 0;
            }
            return null;
        });
    }

    @Override
    public CompletionStage<@Nullable Checkpoint> find(StepKey step) {
        return locked(() -> {
            Step known = workflow(step.key(), step.workflow()).steps.get(step.step());
            return known == null ? null : known.done;
        });
    }

    @Override
    public CompletionStage<List<Checkpoint>> steps(@Nullable String key, String workflow, int limit) {
        return locked(() -> {
            List<Checkpoint> all = workflow(key, workflow).completed;
            return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
        });
    }

    @Override
    public CompletionStage<@Nullable SharedState> state(@Nullable String key, String workflow) {
        return locked(() -> workflow(key, workflow).state);
    }

    @Override
    public CompletionStage<SharedState> compareAndSet(
            @Nullable String key, String workflow, long seen, SharedState next) {
        return locked(() -> {
            Workflow known = workflow(key, workflow);
            SharedState now = known.state;
            boolean same = now != null && now.hash().equals(next.hash());
            if (!same && (now == null ? 0 : now.version()) == seen) {
                known.state = next;
            }
            SharedState there = known.state;
            return there == null ? new SharedState(0, "null", "", null, 0) : Objects.requireNonNull(there);
        });
    }

    @Override
    public CompletionStage<@Nullable Void> forget(@Nullable String key, String workflow) {
        return locked(() -> {
            workflows.remove(new Name(key, workflow));
            return null;
        });
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
