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
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A streamed answer as a reactive stream; demand reaches the vendor's socket. */
final class ChatSubscription implements Flow.Subscription, ReplySink {
    private final Flow.Subscriber<? super ChatEvent> subscriber;
    private final AtomicReference<@Nullable CallHandle> handle = new AtomicReference<>();
    private volatile boolean cancelled;

    private ChatSubscription(Flow.Subscriber<? super ChatEvent> subscriber) {
        this.subscriber = subscriber;
    }

    static void start(CallAddress calls, CallCommand command, Flow.Subscriber<? super ChatEvent> subscriber) {
        ChatSubscription subscription = new ChatSubscription(subscriber);
        First before = new First(subscription, calls, command);
        subscriber.onSubscribe(before);
    }

    /** The call starts with the first demand, so that a refusal never comes before the subscription. */
    private record First(ChatSubscription subscription, CallAddress calls, CallCommand command)
            implements Flow.Subscription {
        @Override
        public void request(long n) {
            subscription.begin(calls, command);
            subscription.request(n);
        }

        @Override
        public void cancel() {
            subscription.cancel();
        }
    }

    private synchronized void begin(CallAddress calls, CallCommand command) {
        if (handle.get() == null && !cancelled) {
            try {
                handle.set(calls.call(command, this));
            } catch (TierwayException refused) {
                cancelled = true;
                subscriber.onError(refused);
            }
        }
    }

    @Override
    public void request(long n) {
        CallHandle call = handle.get();
        if (n <= 0) {
            cancel();
            subscriber.onError(new IllegalArgumentException("demand must be more than 0"));
        } else if (call != null) {
            call.request(n);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        CallHandle call = handle.get();
        if (call != null) {
            call.leave();
        }
    }

    @Override
    public void begin(ReplySink.Begun begun) {}

    @Override
    public void event(ReplyEvent event) {
        if (!cancelled && event instanceof ReplyEvent.Piece(ChatEvent piece)) {
            subscriber.onNext(piece);
        }
    }

    @Override
    public void end(Selection selection) {
        if (cancelled) {
            return;
        }
        if (selection.result() instanceof CallResult.Delivered) {
            subscriber.onComplete();
        } else {
            subscriber.onError(Errors.of(selection));
        }
    }
}
