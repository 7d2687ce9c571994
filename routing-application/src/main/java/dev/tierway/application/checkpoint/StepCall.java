package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.StepBusyException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.facade.ChatFacts;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.CheckpointStore.Claim;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.StepKey;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call that is a step: state first, then the claim, then the kept answer or the call. All on one executor, in order. */
final class StepCall implements CallHandle {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final CheckpointParts parts;
    private final CheckpointSettings settings;
    private final CallCommand command;
    private final ReplySink caller;
    private final Map<String, StepCall> running;
    private final CallExecutor executor;
    private final ChatRequest request;
    private final String writer;
    private final @Nullable StepKey step;
    private final long startedEpochMillis;
    private volatile @Nullable CallHandle call;
    private CallExecutor.@Nullable Timer timer;
    private long demand;
    private boolean over;
    private long stateVersion;
    private @Nullable Long busyUntil;

    StepCall(
            CheckpointParts parts,
            CheckpointSettings settings,
            CallCommand command,
            ReplySink caller,
            Map<String, StepCall> running) {
        this.parts = parts;
        this.settings = settings;
        this.command = command;
        this.caller = caller;
        this.running = running;
        this.executor = parts.executors().forCall();
        this.request = command.payload().chat();
        this.writer =
                parts.instance() + "/" + Long.toUnsignedString(parts.entropy().nextLong(), 36);
        this.startedEpochMillis = parts.wallClock().epochMillis();
        CallOptions options = command.options();
        String name = options.step();
        this.step = name == null ? null : new StepKey(command.key(), String.valueOf(options.workflow()), name);
    }

    void begin() {
        JsonText state = command.options().state();
        if (state == null) {
            enter(this::claim);
        } else {
            enter(() -> then(StateWrite.of(parts, command, state.json()), version -> {
                stateVersion = version;
                claim();
            }));
        }
    }

    void enter(Runnable task) {
        if (executor.inside()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    /** What a store answers comes back onto the executor; if it doesn't answer, nothing is called. */
    private <T> void then(CompletionStage<T> answer, Consumer<T> next) {
        var unused = answer.whenComplete((value, error) -> enter(() -> {
            if (over) {
                // Nobody waits any more: what was just claimed is somebody else's to do.
                release();
                return;
            }
            if (error != null) {
                Throwable cause =
                        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
                refuse(cause instanceof TierwayException known ? known : unavailable(cause));
            } else {
                next.accept(value);
            }
        }));
    }

    private static TierwayException unavailable(Throwable cause) {
        return new OverloadedException(new TierwayException.Details(
                "checkpoints can't be kept now: " + cause.getMessage(),
                503,
                "checkpoints_unavailable",
                true,
                null,
                null));
    }

    private void claim() {
        StepKey key = step;
        if (key == null) {
            start(command);
            return;
        }
        long now = parts.wallClock().epochMillis();
        String hash = parts.fingerprint().of(command.target(), request);
        then(
                parts.store()
                        .claim(key, hash, writer, now, now + settings.silence().toMillis()),
                claim -> {
                    switch (claim) {
                        case Claim.Done(var checkpoint) -> {
                            over = true;
                            new KeptAnswer(parts, command, checkpoint).give(caller);
                        }
                        case Claim.Busy(String other, long until) -> wait(key, until);
                        case Claim.Taken(List<String> failed) -> {
                            repeat();
                            start(neutral(avoiding(failed)));
                        }
                    }
                });
    }

    /** Somebody has begun it: alive, if it has said so since; crashed, if its time passes. */
    private void wait(StepKey key, long until) {
        Long before = busyUntil;
        long left = until - parts.wallClock().epochMillis();
        if (before != null && before != until) {
            refuse(new StepBusyException(key.toString(), Duration.ofMillis(Math.max(1, left))));
            return;
        }
        busyUntil = until;
        long pause = Math.max(1, Math.min(left + 1, LOOK_AGAIN.toMillis()));
        timer = executor.schedule(this::claim, parts.clock().nanos() + pause * 1_000_000);
    }

    private void repeat() {
        StepKey key = step;
        if (key == null) {
            return;
        }
        timer = executor.schedule(
                () -> {
                    if (!over) {
                        long until = parts.wallClock().epochMillis()
                                + settings.silence().toMillis();
                        var unused = parts.store().renew(key, writer, until);
                        repeat();
                    }
                },
                parts.clock().nanos() + settings.silence().toNanos() / 3);
    }

    /** Not where it failed before, as long as somebody else is there. */
    private CallCommand avoiding(List<String> failed) {
        if (failed.isEmpty()) {
            return command;
        }
        List<String> exclude = new ArrayList<>(command.options().exclude());
        exclude.addAll(failed);
        CallCommand elsewhere =
                command.with(command.options().toBuilder().exclude(exclude).build());
        try {
            Selection dry = parts.explaining().explain(elsewhere);
            return dry.rounds().getFirst().choice() instanceof Choice.Chosen ? elsewhere : command;
        } catch (TierwayException nobody) {
            return command;
        }
    }

    /** In neutral types its answer comes in such that can be kept, whatever the client speaks. */
    private CallCommand neutral(CallCommand asked) {
        return asked.with(new Payload.Neutral(request), ChatFacts.of(request, asked.facts().stream()));
    }

    private void start(CallCommand asked) {
        if (over) {
            return;
        }
        try {
            ReplySink sink = step == null ? caller : new KeepingSink(this, caller);
            CallHandle begun = parts.calls().call(asked, sink);
            call = begun;
            if (!over) {
                running.put(begun.callId(), this);
            }
            if (demand > 0) {
                begun.request(demand);
            }
        } catch (TierwayException refused) {
            release();
            refuse(refused);
        }
    }

    void failedAt(ReplicaId replica) {
        StepKey key = step;
        if (key != null) {
            var unused = parts.store().failedAt(key, writer, replica.value());
        }
    }

    private void release() {
        StepKey key = step;
        if (key != null) {
            var unused = parts.store().release(key, writer);
        }
    }

    /** The call has ended without an answer worth keeping; where it failed stays known. */
    void lost(List<String> failed) {
        over();
        failed.forEach(replica -> failedAt(new ReplicaId(replica)));
        release();
    }

    void over() {
        over = true;
        CallExecutor.Timer set = timer;
        if (set != null) {
            set.cancel();
        }
        CallHandle begun = call;
        if (begun != null) {
            running.remove(begun.callId());
        }
    }

    private void refuse(TierwayException why) {
        over();
        caller.refused(why);
    }

    CheckpointParts parts() {
        return parts;
    }

    CallCommand command() {
        return command;
    }

    StepKey step() {
        return Objects.requireNonNull(step);
    }

    ChatRequest request() {
        return request;
    }

    String writer() {
        return writer;
    }

    long startedEpochMillis() {
        return startedEpochMillis;
    }

    long stateVersion() {
        return stateVersion;
    }

    @Override
    public String callId() {
        CallHandle begun = call;
        return begun == null ? writer : begun.callId();
    }

    @Override
    public @Nullable Ruling ruling() {
        CallHandle begun = call;
        return begun == null ? null : begun.ruling();
    }

    @Override
    public void request(long events) {
        enter(() -> {
            CallHandle begun = call;
            if (begun == null) {
                demand = demand + events < 0 ? Long.MAX_VALUE : demand + events;
            } else {
                begun.request(events);
            }
        });
    }

    @Override
    public void leave() {
        end(CallHandle::leave, "the client left before the call began");
    }

    @Override
    public void stop(String by) {
        end(handle -> handle.stop(by), "the call was stopped by " + by);
    }

    private void end(Consumer<CallHandle> how, String words) {
        enter(() -> {
            CallHandle begun = call;
            if (begun != null) {
                how.accept(begun);
            } else if (!over) {
                release();
                refuse(new CallCancelledException(TierwayException.Details.of(499, "cancelled", words)));
            }
        });
    }
}
