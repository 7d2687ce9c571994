package dev.tierway.adapter.providers.http;

import dev.tierway.adapter.providers.ConnectionSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one provider: a pool per event loop, so that a reply never changes threads on its way, and one
 * bound over all. HTTP/1.1 unless the operator wants HTTP/2: there ending one attempt ends its connection and nothing
 * else, and one slow reader holds up nobody.
 */
public final class UpstreamClients implements AutoCloseable {
    /** Backstop for connections nobody waits for any more; an attempt's own clock is usually shorter. */
    private static final int CONNECT_MILLIS = 10_000;

    /** Per event loop; each carries as many attempts as the vendor allows. */
    private static final int HTTP2_CONNECTIONS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClients.class);

    private final Vertx vertx;
    private final TransportLimits limits;
    private final ConnectionSettings connection;
    private final boolean http2;
    private final int maxConnections;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param tls whether connections are encrypted: without, there is no HTTP/2 */
    public UpstreamClients(
            Vertx vertx, TransportLimits limits, ConnectionSettings connection, boolean tls, int maxConnections) {
        this.vertx = vertx;
        this.limits = limits;
        this.connection = connection;
        this.http2 = tls && connection.http2();
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
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setUseAlpn(http2)
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) limits.keepAlive().toSeconds())
                .setConnectTimeout(CONNECT_MILLIS)
                .setSslHandshakeTimeout(CONNECT_MILLIS / 1000)
                .setMaxHeaderSize(limits.headerBytes())
                .setVerifyHost(true)
                .setDecompressionSupported(false);
        if (connection.authorities() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(connection.authorities().toString()));
        }
        if (connection.certificate() != null && connection.key() != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertPath(connection.certificate().toString())
                    .addKeyPath(connection.key().toString()));
        }
        return connection.proxy() == null ? options : options.setProxyOptions(through(connection.proxy()));
    }

    private static ProxyOptions through(ConnectionSettings.Proxy proxy) {
        ProxyOptions options = new ProxyOptions()
                .setType(
                        switch (proxy.kind()) {
                            case HTTP -> ProxyType.HTTP;
                            case SOCKS5 -> ProxyType.SOCKS5;
                        })
                .setHost(proxy.host())
                .setPort(proxy.port());
        if (proxy.user() != null) {
            options.setUsername(proxy.user());
        }
        return proxy.password() == null
                ? options
                : options.setPassword(proxy.password().reveal());
    }

    private PoolOptions pool() {
        return new PoolOptions()
                .setHttp1MaxSize(maxConnections)
                .setHttp2MaxSize(HTTP2_CONNECTIONS)
                .setMaxWaitQueueSize(maxConnections);
    }

    @Override
    public void close() {
        closed = true;
        clients.values().forEach(HttpClient::close);
    }
}
