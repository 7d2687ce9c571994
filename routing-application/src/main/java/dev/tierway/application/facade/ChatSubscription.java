package dev.tierway.application.facade;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallAddress;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer as a reactive stream; demand reaches the vendor's socket. The call starts with the first demand, so
 * that a refusal never comes before the subscription. Signals are given one at a time, by whoever finds something to
 * give.
 */
final class ChatSubscription implements Flow.Subscription, ReplySink {
    private final CallAddress calls;
    private final CallCommand command;
    private final Flow.Subscriber<? super ChatEvent> subscriber;
    private final Queue<ChatEvent> pieces = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private boolean started;
    private long demand;
    private long unasked;
    private @Nullable CallHandle handle;
    private @Nullable Throwable failure;
    private boolean complete;
    private boolean over;

    private ChatSubscription(CallAddress calls, CallCommand command, Flow.Subscriber<? super ChatEvent> subscriber) {
        this.calls = calls;
        this.command = command;
        this.subscriber = subscriber;
    }

    static void start(CallAddress calls, CallCommand command, Flow.Subscriber<? super ChatEvent> subscriber) {
        subscriber.onSubscribe(new ChatSubscription(calls, command, subscriber));
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            pieces.clear();
            fail(new IllegalArgumentException("demand must be more than 0, not " + n));
            leave(handle());
            return;
        }
        if (wants(n)) {
            begin();
        }
        ask();
        give();
    }

    /** True if this is the first demand. */
    private synchronized boolean wants(long n) {
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        unasked = unasked + n < 0 ? Long.MAX_VALUE : unasked + n;
        boolean first = !started && !over;
        started = true;
        return first;
    }

    private void begin() {
        try {
            CallHandle begun = calls.call(command, this);
            if (!began(begun)) {
                begun.leave();
            }
        } catch (TierwayException refused) {
            fail(refused);
        }
    }

    /** False if nobody wants it any more. */
    private synchronized boolean began(CallHandle begun) {
        handle = begun;
        return !over;
    }

    private void ask() {
        CallHandle call;
        long events;
        synchronized (this) {
            call = over ? null : handle;
            events = unasked;
            unasked = call == null ? unasked : 0;
        }
        if (call != null && events > 0) {
            call.request(events);
        }
    }

    @Override
    public void cancel() {
        synchronized (this) {
            over = true;
        }
        leave(handle());
    }

    private synchronized @Nullable CallHandle handle() {
        return handle;
    }

    private static void leave(@Nullable CallHandle call) {
        if (call != null) {
            call.leave();
        }
    }

    @Override
    public void begin(ReplySink.Begun begun) {}

    @Override
    public void event(ReplyEvent event) {
        if (event instanceof ReplyEvent.Piece(ChatEvent piece)) {
            pieces.add(piece);
            give();
        }
    }

    @Override
    public void refused(TierwayException why) {
        fail(why);
    }

    @Override
    public void end(Selection selection) {
        if (selection.result() instanceof CallResult.Answer) {
            synchronized (this) {
                complete = true;
            }
            give();
        } else {
            fail(Errors.of(selection));
        }
    }

    private void fail(Throwable why) {
        synchronized (this) {
            failure = failure == null ? why : failure;
        }
        give();
    }

    /** Gives the subscriber what it may have; one thread at a time, others leave their work to it. */
    private void give() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            Runnable signal = nextSignal();
            while (signal != null) {
                try {
                    signal.run();
                } catch (RuntimeException broken) {
                    cancel();
                    throw broken;
                }
                signal = nextSignal();
            }
            seen = work.addAndGet(-seen);
        }
    }

    private synchronized @Nullable Runnable nextSignal() {
        if (over) {
            return null;
        }
        ChatEvent piece = demand > 0 ? pieces.poll() : null;
        if (piece != null) {
            demand--;
            return () -> subscriber.onNext(piece);
        }
        if (!pieces.isEmpty() || (failure == null && !complete)) {
            return null;
        }
        over = true;
        Throwable why = failure;
        return why == null ? subscriber::onComplete : () -> subscriber.onError(why);
    }
}
