package dev.tierway.application.idempotency;

import dev.tierway.application.error.Errors;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.KeptReplies;
import dev.tierway.application.port.out.KeptReply;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one call that runs under a key, and who waits for it. If its own caller leaves while others wait, it goes on for
 * them.
 */
final class Flight implements ReplySink {
    private static final long DECISION_BYTES = 4096;

    private final IdempotentCalls calls;
    private final Asker owner;
    private final List<ReplyEvent> events = new ArrayList<>();
    private long bytes = DECISION_BYTES;
    private KeptReply.@Nullable Answered begun;
    private boolean tooLarge;

    // Askers come and leave on their own threads.
    private final List<Asker> waiting = new ArrayList<>();
    private @Nullable CallHandle handle;
    private boolean abandoned;
    private boolean over;

    Flight(IdempotentCalls calls, Asker owner) {
        this.calls = calls;
        this.owner = owner;
    }

    KeptReplies.Name name() {
        return owner.name();
    }

    Object request() {
        return owner.request();
    }

    boolean isOf(Asker asker) {
        return owner == asker;
    }

    void start(CallCommand command) {
        try {
            CallHandle started = calls.start(command, this);
            if (began(started)) {
                started.leave();
            }
        } catch (RuntimeException refused) {
            land(null).forEach(Asker::askAgain);
            throw refused;
        }
    }

    /** True if nobody wants it any more. */
    private synchronized boolean began(CallHandle started) {
        handle = started;
        return abandoned && waiting.isEmpty();
    }

    synchronized @Nullable CallHandle handle() {
        return handle;
    }

    /** False if it is over: then its reply is kept, or it left none. */
    synchronized boolean wait(Asker asker) {
        return !over && waiting.add(asker);
    }

    /** Somebody doesn't want the answer any more: the last one takes the call along. */
    void leave(Asker asker) {
        CallHandle running;
        boolean last;
        synchronized (this) {
            abandoned |= asker == owner;
            waiting.remove(asker);
            running = handle;
            last = abandoned && waiting.isEmpty();
        }
        if (running != null && last) {
            running.leave();
        } else if (running != null && asker == owner) {
            running.request(Long.MAX_VALUE);
        }
    }

    /** Its own caller left, and others wait. */
    private synchronized boolean onBehalf() {
        return abandoned && !waiting.isEmpty();
    }

    @Override
    public void begin(Begun now) {
        begun = new KeptReply.Answered(now.replica(), now.attempts(), now.warnings(), now.head(), now.cached());
        if (!onBehalf()) {
            owner.sink().begin(now);
        }
    }

    @Override
    public void event(ReplyEvent event) {
        remember(event);
        if (!onBehalf()) {
            owner.sink().event(event);
        }
    }

    private void remember(ReplyEvent event) {
        if (tooLarge) {
            return;
        }
        bytes += event instanceof ReplyEvent.Frame frame
                ? frame.bytes().length
                : String.valueOf(event).length();
        if (bytes > calls.mostBytes()) {
            tooLarge = true;
            events.clear();
        } else {
            events.add(event);
        }
    }

    @Override
    public void end(Selection selection) {
        boolean forOthers = onBehalf();
        KeptReply reply =
                worthKeeping(selection) ? new KeptReply(owner.request(), begun, events, selection, bytes) : null;
        List<Asker> left = land(reply);
        if (!forOthers) {
            owner.sink().end(selection);
        }
        left.forEach(Asker::askAgain);
    }

    /**
     * What was answered, and what a vendor refused for good. What may work when it is sent again must be tried again; what
     * never was sent costs nothing.
     */
    private boolean worthKeeping(Selection selection) {
        if (tooLarge) {
            return false;
        }
        return selection.result() instanceof CallResult.Delivered
                || (selection.attempts() > 0 && !Errors.of(selection).retryable());
    }

    /** It isn't needed: its key's call has landed already. */
    void giveUp() {
        land(null).forEach(Asker::askAgain);
    }

    private List<Asker> land(@Nullable KeptReply reply) {
        List<Asker> left;
        synchronized (this) {
            over = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        calls.landed(this, reply);
        return left;
    }
}
