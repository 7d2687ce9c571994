package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpListener;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.OpenApi;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.adapter.http.server.RouteTable;
import dev.tierway.adapter.http.server.ServerTls;
import dev.tierway.application.port.in.LimitsStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QuotaStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The admin port: fleet, operators' actions, configuration and metrics, for operators and Prometheus. Never for the open network. */
public final class AdminServer {
    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final HttpListener listener;
    private final RouteTable routes;
    private final AdminPage page;
    private final AdminDoor door;

    public AdminServer(Vertx vertx, AdminSettings settings, AdminPorts ports) {
        this.vertx = vertx;
        this.listener = new HttpListener(
                vertx,
                settings.bind(),
                settings.port(),
                1,
                false,
                settings.tls(),
                settings.limits(),
                ports.clock(),
                ports.entropy());
        this.door = new AdminDoor(settings.token(), ports.authenticate());
        this.page = new AdminPage(ports.version(), links());
        List<Endpoint> endpoints = new ArrayList<>(List.of(
                always("/", this::page),
                always(
                        "/admin/fleet",
                        e -> offLoop(e, JSON, () -> Json.bytes(ports.fleet().fleet()))),
                always("/admin/usage", e -> usage(e, ports.fleet())),
                always("/admin/quota", e -> quota(e, ports)),
                always(
                        "/admin/experiments",
                        e -> offLoop(
                                e,
                                JSON,
                                () -> Json.bytes(Map.of(
                                        "experiments", ports.experiments().experiments())))),
                always(
                        "/admin/config",
                        e -> offLoop(e, JSON, () -> Json.bytes(ports.config().get()))),
                always(
                        "/metrics",
                        e -> offLoop(
                                e,
                                MetricsServer.PROMETHEUS,
                                () -> utf8(ports.metrics().get()))),
                always("/admin/events", new EventStream(ports.events())::open),
                OpenApi.ADMIN.endpoint(),
                always("/livez", e -> e.json(200, Map.of("status", "live"))).toAnybody()));
        endpoints.addAll(new OperatorHandler(ports.operator(), door).endpoints());
        endpoints.addAll(new AgentsHandler(ports.agents(), ports.operator()).endpoints());
        endpoints.addAll(new KeysHandler(ports.keys(), door).endpoints());
        endpoints.addAll(new ConfigHandler(ports.reconfigure(), door).endpoints());
        endpoints.addAll(new HistoryHandler(ports.history(), ports.wallClock()).endpoints());
        this.routes = new RouteTable(endpoints, path -> null);
    }

    private static Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("/admin/fleet", "every replica, model and provider, now");
        links.put("/admin/usage", "how every provider is used, and what its account has left");
        links.put("/admin/quota", "what is left of budgets and other limits, of those who call and of vendors");
        links.put("/admin/experiments", "what became of the calls of each arm");
        links.put("/admin/history", "attempts, the newest first");
        links.put("/admin/spend", "what they came to, by model");
        links.put("/admin/actions", "what operators ordered: in force, and lately");
        links.put("/admin/agents", "who is held, what agents may still use, and which go round in circles");
        links.put("/admin/agents/metrics", "what their calls came to");
        links.put("/admin/keys", "API keys, without their secrets");
        links.put("/admin/events", "what happens from now on, as server-sent events");
        links.put("/admin/config", "the configuration in force, without secrets");
        links.put("/admin/config/history", "configurations that were in force");
        links.put("/metrics", "metrics for Prometheus");
        links.put("/openapi.json", "every endpoint of this port, for programs");
        links.put("/livez", "whether this instance lives");
        return links;
    }

    /** Operators look at a gateway while it drains, too. */
    private static Endpoint always(String path, java.util.function.Consumer<Exchange> handler) {
        return Endpoint.get(path, handler).evenWhileDraining();
    }

    private void usage(Exchange exchange, QueryFleet fleet) {
        String provider = QueryString.of(exchange, List.of("provider")).text("provider");
        if (provider == null) {
            offLoop(exchange, JSON, () -> Json.bytes(Map.of("providers", fleet.usage())));
        } else {
            offLoop(
                    exchange,
                    JSON,
                    () -> Json.bytes(fleet.usage(provider).orElseThrow(() -> unknown(provider, fleet))));
        }
    }

    private void quota(Exchange exchange, AdminPorts ports) {
        Future.fromCompletionStage(ports.limits().limits(), exchange.context())
                .onSuccess(limits -> exchange.guarded(() -> offLoop(
                        exchange,
                        JSON,
                        () -> Json.bytes(quota(limits, ports.fleet().quota())))))
                .onFailure(exchange::fail);
    }

    private static Map<String, @Nullable Object> quota(LimitsStatus limits, QuotaStatus quota) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("warn_at", limits.warnAt());
        json.put("limits", limits.limits());
        json.put("limits_left_out", limits.leftOut());
        json.put("limits_problem", limits.problem());
        json.put("replicas", quota.replicas());
        json.put("models", quota.models());
        json.put("shares", quota.shares());
        return json;
    }

    private static HttpProblem unknown(String provider, QueryFleet fleet) {
        List<String> known = fleet.usage().stream().map(ProviderUsage::provider).toList();
        return HttpProblem.invalid(
                "There is no provider '" + provider + "'. Known are " + String.join(", ", known) + ".", "provider");
    }

    private void page(Exchange exchange) {
        exchange.head(200, "text/html; charset=utf-8");
        exchange.send(page.html());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes a large document on a worker thread: calls share this event loop. */
    private void offLoop(Exchange exchange, String contentType, Callable<byte[]> document) {
        vertx.executeBlocking(document, false)
                .onSuccess(body -> exchange.guarded(() -> {
                    exchange.head(200, contentType);
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
        return listener.start(routes, door);
    }

    /**
     * Reads what connections that are yet to come shall be shown.
     *
     * @return puts it in force
     * @throws IllegalArgumentException naming the files that can't be used, or if this port speaks no TLS
     */
    public Supplier<CompletionStage<Void>> prepare(ServerTls next) {
        return listener.prepare(next);
    }

    /** The port listened on, once started. */
    public int actualPort() {
        return listener.actualPort();
    }

    /** Every endpoint, as documentation writes it. */
    public List<String> endpoints() {
        return routes.endpoints().stream().map(Endpoint::toString).toList();
    }

    public CompletionStage<Void> close() {
        return listener.close();
    }
}
