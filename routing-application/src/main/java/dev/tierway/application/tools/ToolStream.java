package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.error.CallCancelledException;
import dev.tierway.application.error.TierwayException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with tools in pieces, over all its steps: what the model says as it says it, tools as they start and end. Read
 * by one thread, once. What fails is thrown by the iterator. The conversation runs no further ahead than a few events.
 */
public final class ToolStream implements Iterable<ToolEvent>, AutoCloseable {
    private static final int AHEAD = 64;

    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(AHEAD);
    private final StringBuilder text = new StringBuilder();
    private @Nullable Thread thread;
    private @Nullable Signal next;
    private @Nullable ToolAnswer answer;
    private boolean iterated;

    private sealed interface Signal {
        record Event(ToolEvent event) implements Signal {}

        record End(ToolAnswer answer) implements Signal {}

        record Failed(RuntimeException why) implements Signal {}
    }

    ToolStream() {}

    void runOn(Thread unstarted) {
        thread = unstarted;
        unstarted.start();
    }

    void add(ToolEvent event) {
        put(new Signal.Event(event));
    }

    void settle(Supplier<ToolAnswer> work) {
        Signal end;
        try {
            end = new Signal.End(work.get());
        } catch (RuntimeException failed) {
            end = new Signal.Failed(failed);
        }
        // A closed stream is read no more: then there is nobody to tell.
        if (!Thread.currentThread().isInterrupted()) {
            put(end);
        }
    }

    private void put(Signal signal) {
        try {
            signals.put(signal);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws IllegalStateException the second time */
    @Override
    public Iterator<ToolEvent> iterator() {
        if (iterated) {
            throw new IllegalStateException("a stream can be read once");
        }
        iterated = true;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return peek() instanceof Signal.Event;
            }

            @Override
            public ToolEvent next() {
                if (!(peek() instanceof Signal.Event(ToolEvent event))) {
                    throw new NoSuchElementException("the conversation is over");
                }
                next = null;
                if (event instanceof ToolEvent.Piece(int step, ChatEvent.TextDelta(int choice, String more))) {
                    text.append(more);
                }
                return event;
            }
        };
    }

    private Signal peek() {
        Signal current = next;
        if (current == null) {
            try {
                current = signals.take();
            } catch (InterruptedException interrupted) {
                close();
                Thread.currentThread().interrupt();
                throw new CallCancelledException(TierwayException.Details.of(
                        499, "cancelled", "interrupted while waiting for the conversation"));
            }
            next = current;
        }
        switch (current) {
            case Signal.Event event -> {}
            case Signal.End(ToolAnswer whole) -> answer = whole;
            case Signal.Failed(RuntimeException why) -> throw why;
        }
        return current;
    }

    /** Everything the model has said so far. */
    public String text() {
        return text.toString();
    }

    /** @throws IllegalStateException before the end was read */
    public ToolAnswer answer() {
        ToolAnswer whole = answer;
        if (whole == null) {
            throw new IllegalStateException("the answer is complete at the end of the stream; read it first");
        }
        return whole;
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null && answer == null) {
            running.interrupt();
        }
    }
}
