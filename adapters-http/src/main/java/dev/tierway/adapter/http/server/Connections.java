package dev.tierway.adapter.http.server;

import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop. One periodic look at all of them replaces timers per connection and request: a
 * request costs nothing for the clocks that watch it.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ListenerContext context;
    private final AtomicInteger openOnAllLoops;
    private final Map<HttpConnection, ClientConnection> open = new HashMap<>();

    Connections(ListenerContext context, AtomicInteger openOnAllLoops) {
        this.context = context;
        this.openOnAllLoops = openOnAllLoops;
    }

    void opened(HttpConnection http) {
        if (openOnAllLoops.incrementAndGet() > context.limits().maxConnections()) {
            openOnAllLoops.decrementAndGet();
            LOG.warn(
                    "connection refused: {} are open, the most allowed",
                    context.limits().maxConnections());
            http.close();
            return;
        }
        open.put(http, new ClientConnection(http, context.clock().nanos()));
        http.closeHandler(closed -> {
            open.remove(http);
            openOnAllLoops.decrementAndGet();
        });
    }

    /** The connection a request came on; null if nothing on it is answered. */
    @Nullable
    ClientConnection of(HttpConnection http) {
        return open.get(http);
    }

    /** Nothing more that comes on it is answered: whoever asked for this closes it. */
    void condemn(HttpConnection http) {
        open.remove(http);
    }

    void sweep() {
        long now = context.clock().nanos();
        long idleNanos = context.limits().idleTimeout().toNanos();
        for (ClientConnection connection : List.copyOf(open.values())) {
            connection.tick(now, idleNanos);
        }
    }

    /** The server stops: whoever is still there is cut off. */
    void abort() {
        List.copyOf(open.values()).forEach(ClientConnection::abort);
    }
}
