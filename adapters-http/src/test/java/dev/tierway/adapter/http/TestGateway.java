package dev.tierway.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.access.Caller;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryDecisions;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.Status;
import dev.tierway.application.port.in.StoreStatus;
import dev.tierway.application.port.in.Via;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UseCase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A real gateway server on a real socket, with everything behind its in-ports in the test's hands. */
final class TestGateway implements AutoCloseable, QueryFleet, QueryModels, QueryDecisions {
    static final String BODY = "{\"model\":\"tier:mid/chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String STREAM_BODY = BODY.replace("{\"model\"", "{\"stream\":true,\"model\"");

    static final Via VIA = new Via("tierway-test");

    final FakeCalls calls = new FakeCalls();
    final List<DecisionDocument> decisions = new ArrayList<>();
    final GatewayServer server;
    volatile DecisionLog.Query asked;
    volatile List<ReplicaStatus> replicas = List.of(replicaStatus("west/gpt-x", Status.HEALTHY, "closed"));
    volatile List<StoreStatus> stores = List.of();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestGateway() {
        this(HttpLimits.DEFAULTS);
    }

    TestGateway(HttpLimits limits) {
        this(limits, false);
    }

    TestGateway(HttpLimits limits, boolean cleartextHttp2) {
        this(limits, cleartextHttp2, GatewayAccess.OPEN);
    }

    TestGateway(GatewayAccess access) {
        this(HttpLimits.DEFAULTS, false, access);
    }

    private TestGateway(HttpLimits limits, boolean cleartextHttp2, GatewayAccess access) {
        AtomicLong entropy = new AtomicLong(0x5eed);
        server = new GatewayServer(
                vertx,
                new GatewaySettings("127.0.0.1", 0, 2, cleartextHttp2, limits),
                new GatewayPorts(
                        calls,
                        calls,
                        this,
                        this,
                        this,
                        () -> stores,
                        FakeCapabilities.TWO_MODELS,
                        FakeWorkflows.ONE,
                        VIA,
                        System::nanoTime,
                        () -> 1_700_000_000_000L,
                        entropy::incrementAndGet,
                        access));
        await(server.start());
    }

    static HttpLimits limits(Duration body, Duration idle, Duration keepAlive, Duration stalled) {
        HttpLimits d = HttpLimits.DEFAULTS;
        return new HttpLimits(
                d.maxBodyBytes(),
                d.maxHeaderBytes(),
                d.maxUriBytes(),
                d.maxConnections(),
                body,
                idle,
                keepAlive,
                stalled);
    }

    static JsonNode json(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Json.tree(bytes, 0, bytes.length, "test");
    }

    /** Null if there is none. */
    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> chat(String body, String... headers) {
        return send(post("/v1/chat/completions", body, headers));
    }

    HttpRequest.Builder post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return await(sendLater(request));
    }

    CompletableFuture<HttpResponse<String>> chatLater(String body, String... headers) {
        return sendLater(post("/v1/chat/completions", body, headers));
    }

    CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }

    /** A connection on which the test writes what it likes. */
    RawClient raw() throws IOException {
        return new RawClient(new Socket("127.0.0.1", server.actualPort()));
    }

    static ReplicaStatus replicaStatus(String id, Status status, String circuit) {
        return new ReplicaStatus(
                id, "west", "gpt-x", "mid", false, status, "active", circuit, null, null, 3, 1, 2, 8, 0.9, null, null,
                4.0, null, null, null, List.of());
    }

    @Override
    public FleetStatus fleet() {
        return new FleetStatus(41, "adaptive", replicas, List.of(), List.of(), List.of());
    }

    @Override
    public Optional<ProviderUsage> usage(String provider) {
        return Optional.empty();
    }

    @Override
    public List<ProviderUsage> usage() {
        return List.of();
    }

    @Override
    public QuotaStatus quota() {
        return new QuotaStatus(List.of(), List.of());
    }

    @Override
    public List<LogicalModel> models() {
        return List.copyOf(Selections.CATALOGUE.models());
    }

    @Override
    public List<Route> routes() {
        Target target = Target.tier(ModelTier.MID, UseCase.CODE);
        return List.of(
                new Route("team/fast", List.of(target), Strategy.PRIORITY, Timeouts.Override.NONE, true),
                new Route("claude-*", List.of(target), null, Timeouts.Override.NONE, true));
    }

    @Override
    public QueryModels seenBy(Caller caller) {
        return this;
    }

    @Override
    public Optional<LogicalModel> findModel(String name) {
        return models().stream()
                .filter(m -> m.id().value().equals(name) || name.equals("west/gpt-x"))
                .findFirst();
    }

    @Override
    public CompletionStage<Optional<DecisionDocument>> decision(Caller caller, String id, boolean replay) {
        // Answered on a thread of the store's, as a real one is.
        return CompletableFuture.supplyAsync(() -> decisions.stream()
                .filter(d -> id.equals(d.json().get("id")))
                .map(d -> replay ? d.withReplay(Map.of("asked", true)) : d)
                .findFirst());
    }

    @Override
    public CompletionStage<DecisionLog.Page> decisions(Caller caller, DecisionLog.Query query) {
        asked = query;
        return CompletableFuture.supplyAsync(() -> new DecisionLog.Page(decisions, "next"));
    }

    static DecisionDocument document(String id) {
        return new DecisionDocument(Map.of("id", id));
    }

    @Override
    public void close() {
        await(server.close());
        http.close();
        await(vertx.close().toCompletionStage());
    }
}
