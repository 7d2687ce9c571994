package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Admission;
import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.HttpListener;
import dev.tierway.adapter.http.server.RouteTable;
import dev.tierway.application.port.out.Entropy;
import dev.tierway.application.port.out.MonotonicClock;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A port for whoever collects metrics: {@code /metrics} and {@code /livez}, nothing else, and no token. Nobody who may collect
 * can operate.
 */
public final class MetricsServer {
    static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** It takes no bodies and few clients. */
    private static final HttpLimits LIMITS = new HttpLimits(
            1024,
            HttpLimits.DEFAULTS.maxHeaderBytes(),
            HttpLimits.DEFAULTS.maxUriBytes(),
            256,
            HttpLimits.DEFAULTS.bodyTimeout(),
            HttpLimits.DEFAULTS.idleTimeout(),
            HttpLimits.DEFAULTS.keepAlive(),
            HttpLimits.DEFAULTS.stalled());

    private final Vertx vertx;
    private final HttpListener listener;
    private final RouteTable routes;
    private final Admission admission;

    /**
     * Doesn't listen yet.
     *
     * @param bind address to listen on; on loopback only requests to loopback's names are answered, so that no web page gets
     *     metrics through a browser
     * @param port 0 chooses a free one
     * @param metrics Prometheus' text format, made when asked
     */
    public MetricsServer(
            Vertx vertx, String bind, int port, Supplier<String> metrics, MonotonicClock clock, Entropy entropy) {
        this.vertx = vertx;
        this.listener = new HttpListener(vertx, bind, port, 1, false, null, LIMITS, clock, entropy);
        this.admission = Loopback.isLoopback(bind)
                ? (exchange, open) ->
                        AdminDoor.requireLocalHost(exchange.request().authority(), "The metrics port on loopback")
                : Admission.EVERYBODY;
        this.routes = new RouteTable(
                List.of(
                        Endpoint.get("/metrics", exchange -> metrics(exchange, metrics))
                                .evenWhileDraining(),
                        Endpoint.get("/livez", exchange -> exchange.json(200, Map.of("status", "live")))
                                .evenWhileDraining()),
                path -> null);
    }

    private void metrics(Exchange exchange, Supplier<String> metrics) {
        vertx.executeBlocking(() -> metrics.get().getBytes(StandardCharsets.UTF_8), false)
                .onSuccess(body -> exchange.guarded(() -> {
                    exchange.head(200, PROMETHEUS);
                    exchange.send(body);
                }))
                .onFailure(exchange::fail);
    }

    /**
     * Starts listening.
     *
     * @return fails with {@link dev.tierway.adapter.http.server.PortUnavailableException} if the port can't be had
     */
    public CompletionStage<Void> start() {
        return listener.start(routes, admission);
    }

    /** The port listened on, once started. */
    public int actualPort() {
        return listener.actualPort();
    }

    public CompletionStage<Void> close() {
        return listener.close();
    }
}
