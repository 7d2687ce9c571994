package dev.tierway.application.agents;

import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.domain.routing.Ruling;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that begins once something is known that has to be looked up. All on one executor, in order. */
final class WaitingCall implements CallHandle {
    private final String id;
    private final CallExecutor executor;
    private final ReplySink caller;
    private final Supplier<CallHandle> begin;
    private volatile @Nullable CallHandle call;
    private long demand;
    private boolean over;

    /**
     * @param id until the call has one of its own
     * @param begin makes the call; whatever {@link TierwayException} it throws the caller hears
     */
    WaitingCall(String id, CallExecutor executor, ReplySink caller, Supplier<CallHandle> begin) {
        this.id = id;
        this.executor = executor;
        this.caller = caller;
        this.begin = begin;
    }

    /** @param known what the call waits for; a failure is the call's */
    void after(CompletionStage<?> known) {
        var unused = known.whenComplete((value, error) -> enter(() -> {
            if (over) {
                return;
            }
            if (error != null) {
                refuse(unknown(error));
            } else {
                start();
            }
        }));
    }

    private void start() {
        try {
            CallHandle begun = begin.get();
            call = begun;
            if (demand > 0) {
                begun.request(demand);
            }
        } catch (TierwayException refused) {
            refuse(refused);
        }
    }

    private static OverloadedException unknown(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        OverloadedException told = new OverloadedException(new Details(
                "nobody knows when this execution began, because the ledger doesn't answer (" + cause.getMessage()
                        + "), and it is limited by time: try again in a moment",
                503,
                "quota_unavailable",
                true,
                null,
                null));
        told.initCause(cause);
        return told;
    }

    private void refuse(TierwayException why) {
        over = true;
        caller.refused(why);
    }

    private void enter(Runnable task) {
        if (executor.inside()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    @Override
    public String callId() {
        CallHandle begun = call;
        return begun == null ? id : begun.callId();
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
                refuse(new CallCancelledException(Details.of(499, "cancelled", words)));
            }
        });
    }
}
