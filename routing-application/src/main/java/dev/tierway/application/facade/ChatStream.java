package dev.tierway.application.facade;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.Errors;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.TokenUsage;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer, read by one thread, once. Failures before the first piece and breaks after it are thrown by the
 * iterator. Closing it before its end, or interrupting the reader, cancels the call upstream.
 */
public final class ChatStream implements Iterable<ChatEvent>, AutoCloseable {
    private static final int AHEAD = 16;

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable CallHandle handle;
    private @Nullable Signal next;
    private volatile @Nullable Selection selection;
    private boolean iterated;

    private sealed interface Signal {
        record Piece(ChatEvent event) implements Signal {}

        record End(Selection selection) implements Signal {}

        record Refused(TierwayException why) implements Signal {}
    }

    ChatStream() {}

    void attach(CallHandle newHandle) {
        handle = newHandle;
        newHandle.request(AHEAD);
    }

    ReplySink sink() {
        return new ReplySink() {
            @Override
            public void begin(Begun begun) {}

            @Override
            public void event(ReplyEvent event) {
                if (event instanceof ReplyEvent.Piece(ChatEvent piece)) {
                    signals.add(new Signal.Piece(piece));
                }
            }

            @Override
            public void refused(TierwayException why) {
                signals.add(new Signal.Refused(why));
            }

            @Override
            public void end(Selection ended) {
                signals.add(new Signal.End(ended));
            }
        };
    }

    /** @throws IllegalStateException the second time */
    @Override
    public Iterator<ChatEvent> iterator() {
        if (iterated) {
            throw new IllegalStateException("a stream can be read once");
        }
        iterated = true;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return peek() instanceof Signal.Piece;
            }

            @Override
            public ChatEvent next() {
                if (!(peek() instanceof Signal.Piece(ChatEvent event))) {
                    throw new NoSuchElementException("the answer is complete");
                }
                next = null;
                if (handle != null) {
                    handle.request(1);
                }
                if (event instanceof ChatEvent.TextDelta(int choice, String text) && choice == 0) {
                    partial.append(text);
                }
                return event;
            }
        };
    }

    private Signal peek() {
        Signal current = next;
        if (current == null) {
            current = take();
            next = current;
        }
        if (current instanceof Signal.Refused(TierwayException why)) {
            throw why;
        }
        if (current instanceof Signal.End(Selection ended)) {
            selection = ended;
            if (!(ended.result() instanceof CallResult.Answer)) {
                throw Errors.of(ended, partial.toString());
            }
        }
        return current;
    }

    private Signal take() {
        try {
            return signals.take();
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new CallCancelledException(
                    TierwayException.Details.of(499, "cancelled", "interrupted while waiting for the answer"));
        }
    }

    /** Text of the first choice read so far. */
    public String text() {
        return partial.toString();
    }

    /** @throws IllegalStateException before the end was read */
    public Selection selection() {
        Selection ended = selection;
        if (ended == null) {
            throw new IllegalStateException("the decision is complete at the end of the stream; read it first");
        }
        return ended;
    }

    /** What it used; empty before its end, and if it wasn't delivered. */
    public Optional<TokenUsage> usage() {
        Selection ended = selection;
        return ended != null && ended.result() instanceof CallResult.Answer delivered
                ? Optional.of(delivered.usage())
                : Optional.empty();
    }

    @Override
    public void close() {
        CallHandle current = handle;
        if (current != null && selection == null) {
            current.leave();
        }
    }
}
