package dev.tierway.adapter.http.server;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.ArrayList;
import java.util.List;

/** One client's connection and the requests running on it: one, or several with HTTP/2. Lives on one event loop. */
final class ClientConnection {
    private static final long LINGER_NANOS = 500_000_000;

    private final HttpConnection http;
    private final List<Presence> running = new ArrayList<>(1);
    private long idleSinceNanos;
    private long closeAtNanos = Long.MAX_VALUE;

    ClientConnection(HttpConnection http, long nowNanos) {
        this.http = http;
        this.idleSinceNanos = nowNanos;
    }

    void started(Presence client) {
        running.add(client);
    }

    void ended(Presence client, long nowNanos) {
        running.remove(client);
        idleSinceNanos = nowNanos;
    }

    /** Looks at everything that may last too long. */
    void tick(long nowNanos, long idleNanos) {
        for (Presence client : List.copyOf(running)) {
            client.tick(nowNanos);
        }
        boolean idle = running.isEmpty() && nowNanos - idleSinceNanos > idleNanos;
        if (idle || nowNanos > closeAtNanos) {
            close();
        }
    }

    /**
     * Closes after a moment in which what the client still sends is read and dropped: closing at once would reset the
     * connection, and the client might never read the answer.
     */
    void closeSoon(long nowNanos) {
        closeAtNanos = nowNanos + LINGER_NANOS;
    }

    /** Closes once what was written has left. */
    void close() {
        http.close();
    }

    /** Closes now. A client that takes nothing would keep {@link #close} waiting for ever, and its bytes with it. */
    void abort() {
        if (http instanceof HttpServerConnection below) {
            var unused = below.channelHandlerContext().close();
        } else {
            http.close();
        }
    }
}
