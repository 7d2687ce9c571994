package dev.tierway.adapter.providers.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one provider: a pool per event loop, so that a reply never changes threads on its way, and one
 * bound over all. HTTP/1.1, where ending one attempt ends its connection and nothing else.
 */
public final class UpstreamClients implements AutoCloseable {
    /** Backstop for connections nobody waits for any more; an attempt's own clock is usually shorter. */
    private static final int CONNECT_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClients.class);

    private final Vertx vertx;
    private final TransportLimits limits;
    private final int maxConnections;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public UpstreamClients(Vertx vertx, TransportLimits limits, int maxConnections) {
        this.vertx = vertx;
        this.limits = limits;
        this.maxConnections = maxConnections;
    }

    /** Takes a place for an attempt; false if all are taken. */
    public boolean enter() {
        if (open.incrementAndGet() > maxConnections) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives back the place {@link #enter} took. */
    public void leave() {
        open.decrementAndGet();
    }

    /** The client of the loop the calling thread is. */
    HttpClient ofThisLoop() {
        if (closed) {
            throw new IllegalStateException("the provider's transport is closed");
        }
        return clients.computeIfAbsent(
                Thread.currentThread(),
                loop -> vertx.httpClientBuilder()
                        .with(options())
                        .with(pool())
                        .withConnectHandler(UpstreamClients::listen)
                        .build());
    }

    /** The attempt in flight hears of it too and says what it means; Vert.x would log it as an error of ours. */
    private static void listen(HttpConnection connection) {
        connection.exceptionHandler(broken -> LOG.debug("upstream connection broke", broken));
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) limits.keepAlive().toSeconds())
                .setConnectTimeout(CONNECT_MILLIS)
                .setSslHandshakeTimeout(CONNECT_MILLIS / 1000)
                .setMaxHeaderSize(limits.headerBytes())
                .setVerifyHost(true)
                .setDecompressionSupported(false);
    }

    private PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(maxConnections).setMaxWaitQueueSize(maxConnections);
    }

    @Override
    public void close() {
        closed = true;
        clients.values().forEach(HttpClient::close);
    }
}
