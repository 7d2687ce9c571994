package dev.tierway.adapter.http.server;

import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One listening port: servers on as many event loops as asked for, sharing the port and the clients. */
public final class HttpListener {
    private static final int ACCEPT_BACKLOG = 4096;
    private static final int MAX_HTTP2_STREAMS = 100;

    /** Names free ports for Vert.x: servers that ask for the same name get the same port. */
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final String bind;
    private final int port;
    private final int loops;
    private final boolean cleartextHttp2;
    private final @Nullable ServerTls tls;
    private final ListenerContext context;
    private final AtomicInteger openConnections = new AtomicInteger();
    private final AtomicInteger actualPort = new AtomicInteger();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Draining draining = new Draining();
    private volatile @Nullable Future<String> deployed;
    private @Nullable Future<Void> closed;

    /**
     * @param port 0 chooses a free one
     * @param cleartextHttp2 whether HTTP/2 is spoken without TLS
     * @param tls null: none is spoken
     */
    public HttpListener(
            Vertx vertx,
            String bind,
            int port,
            int loops,
            boolean cleartextHttp2,
            @Nullable ServerTls tls,
            HttpLimits limits,
            MonotonicClock clock,
            Entropy entropy) {
        this.vertx = vertx;
        this.bind = bind;
        this.port = port;
        this.loops = loops;
        this.cleartextHttp2 = cleartextHttp2;
        this.tls = tls;
        this.context = new ListenerContext(limits, clock, entropy, draining);
    }

    /**
     * Starts listening.
     *
     * @param admission finds out who asks
     * @return fails with {@link PortUnavailableException} if the port can't be had
     */
    public CompletionStage<Void> start(RouteTable routes, Admission admission) {
        HttpServerOptions options;
        try {
            options = options();
        } catch (IllegalArgumentException unfit) {
            return CompletableFuture.failedFuture(unfit);
        }
        // A free port must be the same for all instances: with port 0 each would get its own.
        SocketAddress address = port == 0
                ? SocketAddress.sharedRandomPort(FREE_PORTS.incrementAndGet(), bind)
                : SocketAddress.inetSocketAddress(port, bind);
        Future<String> deploying = vertx.deployVerticle(
                () -> new ListenerVerticle(
                        address, options, context, routes, admission, openConnections, this::listens),
                new DeploymentOptions().setInstances(loops));
        deployed = deploying;
        return deploying
                .<Void>mapEmpty()
                .recover(cause -> Future.failedFuture(explained(cause)))
                .toCompletionStage();
    }

    private void listens(HttpServer server) {
        actualPort.set(server.actualPort());
        servers.add(server);
    }

    private Throwable explained(Throwable cause) {
        return cause instanceof IOException ? new PortUnavailableException(bind, port, cause) : cause;
    }

    private HttpServerOptions options() {
        HttpLimits limits = context.limits();
        HttpServerOptions options = new HttpServerOptions();
        if (tls != null) {
            ServerSSLOptions shown = TlsFiles.read(vertx, tls);
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(shown.getKeyCertOptions())
                    .setTrustOptions(shown.getTrustOptions())
                    .setClientAuth(shown.getClientAuth());
        }
        return options.setHttp2ClearTextEnabled(cleartextHttp2)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setMaxInitialLineLength(limits.maxUriBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MAX_HTTP2_STREAMS)
                        .setMaxHeaderListSize(limits.maxHeaderBytes()));
    }

    /**
     * Reads what connections that are yet to come shall be shown; those that are open keep what they have.
     *
     * @return puts it in force
     * @throws IllegalArgumentException naming the files that can't be used, or if this port speaks no TLS
     */
    public Supplier<CompletionStage<Void>> prepare(ServerTls next) {
        if (tls == null) {
            throw new IllegalArgumentException("a port without TLS can't begin to speak it while it listens");
        }
        ServerSSLOptions shown = TlsFiles.read(vertx, next);
        // By force: options whose certificates differ may still be equal.
        return () -> Future.join(servers.stream()
                        .map(server -> server.updateSSLOptions(shown, true))
                        .toList())
                .<Void>mapEmpty()
                .toCompletionStage();
    }

    /** The port listened on, once started. */
    public int actualPort() {
        return actualPort.get();
    }

    public boolean isDraining() {
        return draining.begun();
    }

    /** Requests being answered now. */
    public int running() {
        return draining.running();
    }

    /**
     * Takes no new work and waits for what runs.
     *
     * @return whether all of it finished in time
     */
    public CompletionStage<Boolean> drain(Duration atMost) {
        draining.begin();
        Promise<Boolean> finished = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, atMost.toMillis()), late -> finished.tryComplete(false));
        draining.idle().whenComplete((done, failure) -> {
            vertx.cancelTimer(timer);
            finished.tryComplete(true);
        });
        return finished.future().toCompletionStage();
    }

    /** Stops listening and closes every connection; whatever still runs has lost its client. May be called again. */
    public synchronized CompletionStage<Void> close() {
        if (closed == null) {
            Future<String> deploying = deployed;
            closed = deploying == null
                    ? Future.succeededFuture()
                    : deploying.transform(
                            id -> id.succeeded() ? vertx.undeploy(id.result()) : Future.<Void>succeededFuture());
        }
        return closed.toCompletionStage();
    }
}
