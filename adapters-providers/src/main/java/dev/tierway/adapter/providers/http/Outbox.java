package dev.tierway.adapter.providers.http;

import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands a reply to its sink: in order, not faster than the caller takes it, with exactly one ending. Used on the
 * attempt's loop only; the sink may ask for more from within an event.
 */
public final class Outbox {
    private final AttemptSink sink;
    private final boolean metered;
    private final Deque<ReplyEvent> waiting = new ArrayDeque<>();
    private @Nullable Runnable ending;
    private long demand;
    private boolean delivering;
    private boolean closed;

    /** @param metered whether events wait for demand: those of streams do, a unary reply comes unasked */
    public Outbox(AttemptSink sink, boolean metered) {
        this.sink = sink;
        this.metered = metered;
    }

    public void event(ReplyEvent event) {
        if (ending == null && !closed) {
            waiting.add(event);
            deliver();
        }
    }

    /** Ends the reply once everything before has been taken. */
    public void end(TokenUsage usage) {
        endWith(() -> sink.end(usage));
    }

    /** As {@link #end}: what came before the failure is still the caller's. */
    public void failed(Failure failure) {
        endWith(() -> sink.failed(failure));
    }

    /** Ends now and drops what waits; an ending that already waits is kept. Returns what the sink is to be told. */
    public Runnable close(Failure failure) {
        if (closed) {
            return () -> {};
        }
        closed = true;
        waiting.clear();
        Runnable told = ending == null ? () -> sink.failed(failure) : ending;
        ending = null;
        return told;
    }

    /** More may be taken; never negative, and without limit once it overflows. */
    public void request(long events) {
        if (events > 0) {
            demand = demand + events < 0 ? Long.MAX_VALUE : demand + events;
            deliver();
        }
    }

    /** Whether the source should rest: something waits, or nobody asks for more. */
    public boolean full() {
        return metered && (!waiting.isEmpty() || demand == 0);
    }

    /** Whether something waits to be taken. */
    public boolean backlog() {
        return !waiting.isEmpty();
    }

    /** Whether the sink is being called right now: it may ask for more. */
    public boolean delivering() {
        return delivering;
    }

    private void endWith(Runnable told) {
        if (ending == null && !closed) {
            ending = told;
            deliver();
        }
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (!waiting.isEmpty() && (!metered || demand > 0)) {
                if (demand != Long.MAX_VALUE && metered) {
                    demand--;
                }
                sink.event(waiting.remove());
            }
            Runnable told = ending;
            if (told != null && waiting.isEmpty() && !closed) {
                closed = true;
                told.run();
            }
        } finally {
            delivering = false;
        }
    }
}
