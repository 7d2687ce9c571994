package dev.tierway.adapter.http.server;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.LongConsumer;

/** Whether the client of one request is still there, and who must hear of it when it isn't. */
final class Presence {
    private static final long HTTP2_CANCEL = 8;

    private final HttpServerRequest request;
    private final ListenerContext listener;
    private final ClientConnection connection;
    private final ResponseWriter writer;
    private Runnable onLeft = () -> {};
    private LongConsumer onTick = now -> {};
    private boolean answered;
    private boolean over;

    Presence(HttpServerRequest request, ListenerContext listener, ClientConnection connection, ResponseWriter writer) {
        this.request = request;
        this.listener = listener;
        this.connection = connection;
        this.writer = writer;
        connection.started(this);
        listener.draining().started();
        request.exceptionHandler(failure -> left());
        request.response().exceptionHandler(failure -> left()).closeHandler(closed -> left());
    }

    void onLeft(Runnable action) {
        if (waiting()) {
            onLeft = action;
        }
    }

    void onTick(LongConsumer action) {
        if (waiting()) {
            onTick = action;
        }
    }

    /** Whether the client is there and has no whole answer yet. */
    boolean waiting() {
        return !answered && !over;
    }

    /** The answer is made: a client that leaves from now on concerns nobody else. */
    void answered() {
        answered = true;
        onLeft = () -> {};
        onTick = now -> {};
    }

    /** The client took the whole answer, or left. */
    void finished() {
        if (!over) {
            over = true;
            onTick = now -> {};
            connection.ended(this, listener.clock().nanos());
            listener.draining().ended();
        }
    }

    void left() {
        if (!over) {
            finished();
            onLeft.run();
        }
    }

    void tick(long nowNanos) {
        Long waitingSince = writer.waitingSinceNanos();
        if (waitingSince != null
                && nowNanos - waitingSince > listener.limits().stalled().toNanos()) {
            giveUp();
        } else {
            onTick.accept(nowNanos);
        }
    }

    /** Takes the answer's way to the client away: the stream with HTTP/2, else the connection. */
    void giveUp() {
        left();
        if (http2()) {
            request.response().reset(HTTP2_CANCEL);
        } else {
            connection.abort();
        }
    }

    boolean http2() {
        return request.version() == HttpVersion.HTTP_2;
    }
}
