package dev.tierway.adapter.http.server;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response's body: what is written in one turn of the event loop leaves in one piece, and it is known how
 * much the client hasn't taken yet, and since when.
 */
public final class ResponseWriter {
    private static final int SLICE_BYTES = 64 << 10;

    private final HttpServerResponse response;
    private final Context context;
    private final LongSupplier clock;
    private @Nullable Buffer pending;
    private int inFlight;
    private long progressNanos;
    private boolean ended;
    private Runnable caughtUp = () -> {};

    ResponseWriter(HttpServerResponse response, Context context, LongSupplier clock) {
        this.response = response;
        this.context = context;
        this.clock = clock;
    }

    /** Queues bytes of a stream. The array must not be changed afterwards. */
    public void write(byte[] bytes) {
        if (ended) {
            return;
        }
        if (pending == null) {
            pending = Buffer.buffer(bytes);
            context.runOnContext(turn -> flush());
        } else {
            pending.appendBytes(bytes);
        }
    }

    /** Whether more would only wait here: the client reads slower than we write. */
    public boolean full() {
        return response.writeQueueFull() || (pending != null && pending.length() >= SLICE_BYTES);
    }

    /** Called whenever the client may have caught up after {@link #full()}. */
    public void onDrain(Runnable action) {
        caughtUp = action;
        response.drainHandler(drained -> caughtUp.run());
    }

    /** Ends a stream. The future completes when the client's socket took all of it. */
    public Future<Void> end() {
        Buffer rest = pending;
        pending = null;
        ended = true;
        return tracked(rest == null ? response.end() : response.end(rest));
    }

    /** Writes what is queued, for the last time, without ending the response. */
    Future<Void> flushed() {
        Buffer rest = pending == null ? Buffer.buffer() : pending;
        pending = null;
        ended = true;
        return tracked(response.write(rest));
    }

    /** Writes a whole body, in slices so that a slow reader is told from one that left. */
    Future<Void> send(byte[] body) {
        for (int from = 0; body.length - from > SLICE_BYTES; from += SLICE_BYTES) {
            tracked(response.write(Buffer.buffer(SLICE_BYTES).appendBytes(body, from, SLICE_BYTES)));
        }
        int last = body.length == 0 ? 0 : (body.length - 1) / SLICE_BYTES * SLICE_BYTES;
        ended = true;
        return tracked(response.end(Buffer.buffer(body.length - last).appendBytes(body, last, body.length - last)));
    }

    /** Since when the client has taken nothing although something waits for it; null if nothing waits. */
    @Nullable
    Long waitingSinceNanos() {
        return inFlight == 0 ? null : progressNanos;
    }

    private void flush() {
        Buffer rest = pending;
        pending = null;
        if (rest != null && !ended) {
            tracked(response.write(rest));
            if (!full()) {
                caughtUp.run();
            }
        }
    }

    private Future<Void> tracked(Future<Void> write) {
        if (inFlight++ == 0) {
            progressNanos = clock.getAsLong();
        }
        // A write that fails is a connection that closed, which the exchange hears of by itself.
        return write.onComplete(this::taken);
    }

    private void taken(AsyncResult<Void> result) {
        inFlight--;
        progressNanos = clock.getAsLong();
    }
}
