package dev.tierway.adapter.http;

import dev.tierway.adapter.http.anthropic.Messages;
import dev.tierway.adapter.http.openai.ChatCompletions;
import dev.tierway.adapter.http.openai.Embeddings;
import dev.tierway.adapter.http.openai.TextCompletions;
import dev.tierway.adapter.http.responses.Responses;
import dev.tierway.adapter.http.server.Admission;
import dev.tierway.adapter.http.server.Endpoint;
import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpListener;
import dev.tierway.adapter.http.server.OpenApi;
import dev.tierway.adapter.http.server.RouteTable;
import dev.tierway.adapter.http.server.ServerTls;
import dev.tierway.adapter.http.wire.InboundFormat;
import dev.tierway.application.access.KeyScope;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The gateway's API port. A request is served by the event loop its connection is on from the first byte to the last;
 * the call it makes lives on the same one.
 */
public final class GatewayServer {
    private static final String CHAT = "/v1/chat/completions";

    private final HttpListener listener;
    private final RouteTable routes;
    private final Admission admission;

    public GatewayServer(Vertx vertx, GatewaySettings settings, GatewayPorts ports) {
        this.listener = new HttpListener(
                vertx,
                settings.bind(),
                settings.port(),
                settings.loops(),
                settings.cleartextHttp2(),
                settings.tls(),
                settings.limits(),
                ports.clock(),
                ports.entropy());
        this.admission = ApiDoor.of(ports.access());
        this.routes = routes(ports, listener);
    }

    private static RouteTable routes(GatewayPorts ports, HttpListener listener) {
        Messages messages = new Messages();
        CountTokensHandler countTokens = new CountTokensHandler(messages, ports.explain());
        InboundFormat chat = new ChatCompletions();
        InboundFormat embeddings = new Embeddings();
        InboundFormat completions = new TextCompletions();
        InboundFormat responses = new Responses();
        Map<String, InboundFormat> formats = new LinkedHashMap<>();
        formats.put("chat", chat);
        formats.put("embeddings", embeddings);
        formats.put("completions", completions);
        formats.put("responses", responses);
        formats.put("messages", messages);
        ModelsHandler models =
                new ModelsHandler(ports.models(), ports.wallClock().epochMillis() / 1000);
        CapabilitiesHandler capabilities = new CapabilitiesHandler(
                ports.capabilities(),
                ports.models(),
                List.of(CHAT, "/v1/completions", "/v1/responses", "/v1/messages", "/v1/embeddings"));
        ExplainHandler explain = new ExplainHandler(formats, ports.explain());
        DecisionsHandler decisions = new DecisionsHandler(ports.decisions(), ports.wallClock());
        HealthHandler health = new HealthHandler(ports.fleet(), ports.stores(), listener::isDraining);
        return new RouteTable(
                List.of(
                        calls(CHAT, chat, ports),
                        Endpoint.get("/v1/capabilities", capabilities::show),
                        calls("/v1/messages", messages, ports),
                        Endpoint.post("/v1/messages/count_tokens", needing(KeyScope.CALL, ports, countTokens::handle))
                                .withErrors(messages.errors()),
                        calls("/v1/completions", completions, ports),
                        calls("/v1/responses", responses, ports),
                        calls("/v1/embeddings", embeddings, ports),
                        Endpoint.get("/v1/models", models::list),
                        Endpoint.get("/v1/models/{id}", models::one),
                        Endpoint.post("/v1/route/explain", needing(KeyScope.EXPLAIN, ports, explain::handle)),
                        Endpoint.get("/v1/route/decisions", needing(KeyScope.READ, ports, decisions::list)),
                        Endpoint.get("/v1/route/decisions/{id}", needing(KeyScope.READ, ports, decisions::one)),
                        Endpoint.get(
                                "/v1/workflows/{id}",
                                needing(KeyScope.READ, ports, new WorkflowsHandler(ports.workflows())::one)),
                        OpenApi.API.endpoint(),
                        Endpoint.get("/livez", health::live).evenWhileDraining().toAnybody(),
                        Endpoint.get("/readyz", health::ready)
                                .evenWhileDraining()
                                .toAnybody()),
                UnsupportedEndpoints::problem);
    }

    private static Endpoint calls(String path, InboundFormat format, GatewayPorts ports) {
        CallEndpoint endpoint = new CallEndpoint(format, ports.calls(), ports.via(), ports.wallClock());
        return Endpoint.post(path, needing(KeyScope.CALL, ports, endpoint::handle))
                .withErrors(format.errors());
    }

    private static Consumer<Exchange> needing(KeyScope scope, GatewayPorts ports, Consumer<Exchange> handler) {
        return ApiDoor.needing(scope, ports.access().refused(), handler);
    }

    /**
     * Starts listening.
     *
     * @return fails with {@link dev.tierway.adapter.http.server.PortUnavailableException} if the port can't be had
     */
    public CompletionStage<Void> start() {
        return listener.start(routes, admission);
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

    /** Every endpoint, as documentation writes it: {@code GET /v1/models/{id}}. */
    public List<String> endpoints() {
        return routes.endpoints().stream().map(Endpoint::toString).toList();
    }

    /** Requests being answered now. */
    public int running() {
        return listener.running();
    }

    /**
     * Takes no new work (503 {@code shutting_down}) and waits for what runs.
     *
     * @return whether all of it finished in time
     */
    public CompletionStage<Boolean> drain(Duration atMost) {
        return listener.drain(atMost);
    }

    /** Stops listening and closes every connection; calls still running have lost their client. */
    public CompletionStage<Void> close() {
        return listener.close();
    }
}
