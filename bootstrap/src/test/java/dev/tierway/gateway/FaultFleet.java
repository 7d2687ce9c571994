package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.bootstrap.Gateway;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A gateway with a faulty replica for every cell, once with a good one beside it and once alone. Each has an account
 * of its own, so that no cell's failure is another's.
 */
final class FaultFleet implements AutoCloseable {
    static final String CANARY = "canary-5e1f-key";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Id, kind, URL, key, connection, timeouts. */
    private static final String PROVIDER = """
          - id: %s
            kind: %s
            base-url: "%s"
            api-key: %s
            quota: { requests-per-minute: 1000, tokens-per-minute: 100000000 }
            retry: { repeat: false }
            connection: { %s }
            timeouts: { %s }
        """;

    /** Id, replicas. */
    private static final String MODEL = """
          - id: %s
            tier: mid
            use-cases: [chat]
            capabilities: [tools]
            context-window: 10000000
            max-output-tokens: 4000
            replicas: [ %s ]
        """;

    private static final String CONFIG = """
        providers:
        %s
        models:
        %s
        routes:
        %s
        routing: { strategy: priority, unmeasured: { first-token: 10ms, per-token: 1ms, output-tokens: 24 } }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    final SimulatedServer good;
    final Gateway gateway;
    final HttpClient client = HttpClient.newHttpClient();
    final Map<FaultCell, FaultyEnd> ends = new LinkedHashMap<>();
    private final Vertx vertx = Vertx.vertx();

    FaultFleet(List<FaultCell> cells, Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        SimulatedScript script = SimulatedScript.HEALTHY.text("GOOD {model} answers");
        good = SimulatedServer.start(vertx, "good", new ScriptBook(script))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        StringBuilder providers = new StringBuilder();
        StringBuilder models = new StringBuilder();
        StringBuilder routes = new StringBuilder();
        providers.append(PROVIDER.formatted("good", "openai-compatible", good.baseUrl(), CANARY, "", ""));
        for (FaultCell cell : cells) {
            FaultyEnd end = FaultyEnd.of(cell, vertx, certificates);
            ends.put(cell, end);
            String url = end.origin() + (cell.kind().equals("anthropic") ? "" : "/v1");
            String connection = end.authorities() == null ? "" : "ca: \"" + end.authorities() + "\"";
            for (String id : List.of(cell.id(), alone(cell))) {
                providers.append(PROVIDER.formatted(id, cell.kind(), url, CANARY, connection, clocks(cell)));
                String replicas = "{ provider: " + id + ", price: { input: 3, output: 5 } }"
                        + (id.equals(cell.id()) ? ", { provider: good, price: { input: 3, output: 5 } }" : "");
                models.append(MODEL.formatted(id, replicas));
                routes.append("  hurried-%1$s: { to: %1$s, timeouts: { total: 1500ms } }\n".formatted(id));
            }
        }
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(providers, models, routes), Map.of()));
        for (FaultyEnd end : ends.values()) {
            if (end.server() != null && cellOf(end).what().equals("refused")) {
                end.server().refuseConnections().get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** The model of a cell that nobody else serves. */
    static String alone(FaultCell cell) {
        return cell.id() + "-alone";
    }

    private FaultCell cellOf(FaultyEnd end) {
        return ends.entrySet().stream()
                .filter(entry -> entry.getValue() == end)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Only the clock that shall strike is short, so that a slow machine changes nothing. */
    private static String clocks(FaultCell cell) {
        if (!cell.ofSilence() || neverEnds(cell)) {
            return "connect: 30s";
        }
        if (cell.number().equals("P2") || cell.number().equals("P4")) {
            return "connect: 250ms";
        }
        if (!cell.stream()) {
            return "connect: 30s, first-token: 200ms, first-token-per-1k-input: 0ms, unary: 50ms, unary-patience: 1";
        }
        // What is told before the first token has to arrive in time.
        boolean toldBefore = cell.expected().charge().equals("settled");
        return cell.expected().course() == FaultCell.Course.BREAKS
                ? "connect: 30s, idle: 250ms"
                : "connect: 30s, first-token-per-1k-input: 0ms, first-token: " + (toldBefore ? "2s" : "250ms");
    }

    /** No clock of an attempt strikes while tokens come. */
    static boolean neverEnds(FaultCell cell) {
        return cell.what().equals("endless") && cell.stream();
    }

    private static String body(String model, FaultCell cell) {
        String prompt = cell.what().equals("early_reply") ? "x".repeat(3_000_000) : "hi";
        return "{\"model\":\"" + (neverEnds(cell) ? "hurried-" : "") + model + "\",\"stream\":" + cell.stream()
                + (cell.number().equals("P31") ? ",\"tool_choice\":\"required\",\"tools\":[" + TOOL + "]" : "")
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
    }

    HttpRequest request(String model, FaultCell cell) {
        return post("/v1/chat/completions", body(model, cell));
    }

    /** The same by a caller who has so little time, and no route's clock before it. */
    HttpRequest hurried(FaultCell cell, long deadlineMillis) {
        String body = body(cell.id(), cell).replace("hurried-", "");
        return post(
                "/v1/chat/completions", "{\"tierway\":{\"deadline_ms\":" + deadlineMillis + "}," + body.substring(1));
    }

    /** The same, for a client that uses no library. */
    byte[] bytes(String model, FaultCell cell) {
        String body = body(model, cell);
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A stream with a tool, asked for in Anthropic's format. */
    HttpRequest message(String model) {
        return post(
                "/v1/messages",
                "{\"model\":\"" + model + "\",\"stream\":true,\"max_tokens\":400,\"tool_choice\":{\"type\":\"any\"},"
                        + "\"tools\":[{\"name\":\"weather\",\"input_schema\":{\"type\":\"object\"}}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    private HttpRequest post(String path, String body) {
        return HttpRequest.newBuilder(api(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}";

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + gateway.apiPort() + path);
    }

    URI admin(String path) {
        return URI.create("http://127.0.0.1:" + gateway.adminPort() + path);
    }

    String get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The decision a reply names. */
    JsonNode decision(Answered reply) throws Exception {
        String id = reply.headers().firstValue("x-tierway-decision").orElseThrow();
        JsonNode decision = JSON.readTree(get(api("/v1/route/decisions/" + id)));
        assertThat(decision.path("id").asText()).as(decision.toString()).isEqualTo(id);
        return decision;
    }

    @Override
    public void close() throws Exception {
        client.close();
        gateway.close();
        for (FaultyEnd end : ends.values()) {
            end.listener().close();
        }
        good.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
