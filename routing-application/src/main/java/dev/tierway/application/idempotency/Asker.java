package dev.tierway.application.idempotency;

import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.KeptReplies;
import dev.tierway.application.port.out.KeptReply;
import dev.tierway.domain.routing.Ruling;
import org.jspecify.annotations.Nullable;

/** One who asks under an idempotency key: runs the call, waits for another's, or gets a reply again. */
final class Asker implements CallHandle {
    private final IdempotentCalls calls;
    private final KeptReplies.Name name;
    private final AskedRequest request;
    private final CallCommand command;
    private final ReplySink sink;
    private final CallExecutor executor;

    // Read and written by whoever asks, leaves or lands.
    private volatile @Nullable Flight flight;
    private volatile @Nullable Replay replay;
    private volatile boolean gone;
    private long demand;

    Asker(
            IdempotentCalls calls,
            KeptReplies.Name name,
            AskedRequest request,
            CallCommand command,
            ReplySink sink,
            CallExecutor executor) {
        this.calls = calls;
        this.name = name;
        this.request = request;
        this.command = command;
        this.sink = sink;
        this.executor = executor;
    }

    KeptReplies.Name name() {
        return name;
    }

    AskedRequest request() {
        return request;
    }

    ReplySink sink() {
        return sink;
    }

    void ask() {
        KeptReply before = calls.reply(this);
        if (before == null) {
            Flight running = calls.join(this);
            if (running != null) {
                flight = running;
                return;
            }
            run();
        } else {
            replay(before);
        }
    }

    /** The key is this one's: unless the call before has landed since the first look. */
    private void run() {
        Flight own = calls.flight(this);
        KeptReply landed;
        try {
            landed = calls.reply(this);
        } catch (RuntimeException another) {
            own.giveUp();
            throw another;
        }
        if (landed != null) {
            own.giveUp();
            replay(landed);
            return;
        }
        flight = own;
        own.start(command);
        request(0);
    }

    /** The call waited for is over. */
    void askAgain() {
        executor.execute(() -> {
            if (gone) {
                return;
            }
            try {
                ask();
            } catch (TierwayException refused) {
                sink.refused(refused);
            }
        });
    }

    private void replay(KeptReply reply) {
        replay = new Replay(reply, sink, command.facts().stream());
        // Later: whoever asked has no handle yet.
        executor.execute(() -> request(0));
    }

    @Override
    public boolean replayed() {
        return replay != null;
    }

    @Override
    public String callId() {
        Replay again = replay;
        Flight running = flight;
        CallHandle call = running == null ? null : running.handle();
        return again != null ? again.callId() : call != null ? call.callId() : "";
    }

    @Override
    public @Nullable Ruling ruling() {
        Replay again = replay;
        Flight running = flight;
        CallHandle call = running == null ? null : running.handle();
        return again != null ? again.ruling() : call != null ? call.ruling() : null;
    }

    @Override
    public void request(long events) {
        if (executor.inside()) {
            requested(events);
        } else {
            executor.execute(() -> requested(events));
        }
    }

    private void requested(long events) {
        demand = demand + events < 0 ? Long.MAX_VALUE : demand + events;
        Replay again = replay;
        Flight running = flight;
        CallHandle call = running != null && running.isOf(this) ? running.handle() : null;
        if (again != null) {
            demand = gone ? 0 : again.give(demand);
        } else if (call != null && demand > 0) {
            long all = demand;
            demand = 0;
            call.request(all);
        }
    }

    @Override
    public void leave() {
        gone = true;
        Flight running = flight;
        if (running != null && replay == null) {
            running.leave(this);
        }
    }

    @Override
    public void stop(String by) {
        Flight running = flight;
        CallHandle call = running != null && running.isOf(this) ? running.handle() : null;
        if (call != null) {
            call.stop(by);
        }
    }
}
