package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.bootstrap.Gateway;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that sends traces, a collector that takes them, vendors that are told or not. */
class TracesIT {
    private static final long PATIENCE_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String SECRET_QUESTION = "what-nobody-may-see";
    private static final String CONFIG = """
        providers:
          - { id: a, kind: openai-compatible, base-url: "%s" }
          - { id: b, kind: openai-compatible, base-url: "%s" }
        models:
          - id: m
            tier: mid
            use-cases: [chat]
            replicas:
              - { provider: a, upstream-model: m-at-a, price: { input: 1, output: 1 } }
              - { provider: b, upstream-model: m-at-b, price: { input: 20, output: 200 } }
        %s
        server: { port: 0, admin: { port: 0 } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> authorizations = new ConcurrentLinkedQueue<>();
    private HttpServer collector;
    private SimulatedServer a;
    private SimulatedServer b;

    @BeforeEach
    void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-collector-key")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        a = server("a");
        b = server("b");
    }

    private SimulatedServer server(String name) throws Exception {
        return SimulatedServer.start(vertx, name, new ScriptBook(SimulatedScript.HEALTHY))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        collector.stop(0);
        a.close();
        b.close();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Gateway gateway(String observability) {
        return Gateway.start(GatewayConfig.parse(CONFIG.formatted(a.baseUrl(), b.baseUrl(), observability), Map.of()));
    }

    private String traces(String more) {
        return "observability: { traces: { endpoint: \"http://127.0.0.1:"
                + collector.getAddress().getPort() + "\", headers: { x-collector-key: \"k-1\" }" + more + " } }";
    }

    private HttpResponse<String> call(Gateway gateway, boolean stream, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"m\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + SECRET_QUESTION + "\"}]}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Everything the collector got; a gateway that closes sends what is left first. */
    private List<JsonNode> spans() throws Exception {
        List<JsonNode> spans = new ArrayList<>();
        for (String document : received) {
            assertThat(document).doesNotContain(SECRET_QUESTION);
            for (JsonNode resource : JSON.readTree(document).path("resourceSpans")) {
                resource.path("scopeSpans").forEach(scope -> scope.path("spans").forEach(spans::add));
            }
        }
        return spans;
    }

    private static JsonNode attribute(JsonNode span, String key) {
        for (JsonNode attribute : span.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.path("value").elements().next();
            }
        }
        throw new AssertionError(key + " is not in " + span);
    }

    private static JsonNode only(List<JsonNode> spans, int kind) {
        List<JsonNode> found =
                spans.stream().filter(span -> span.path("kind").asInt() == kind).toList();
        assertThat(found).as("spans of kind %d in %s", kind, spans).hasSize(1);
        return found.getFirst();
    }

    private static String traceparent(SimulatedServer upstream) {
        String found = upstream.recorded().getLast().headers().get("traceparent");
        return found == null ? "" : found;
    }

    @Test
    void a_call_and_its_attempts_are_spans_of_their_callers_trace() throws Exception {
        a.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(500)));
        try (Gateway gateway = gateway(traces(""))) {
            HttpResponse<String> reply = call(gateway, true, "traceparent", "00-" + TRACE + "-" + PARENT + "-01");
            assertThat(reply.statusCode()).isEqualTo(200);
        }
        List<JsonNode> spans = spans();
        assertThat(spans)
                .hasSize(3)
                .allSatisfy(span -> assertThat(span.path("traceId").asText()).isEqualTo(TRACE));
        JsonNode call = only(spans, 2);
        assertThat(call.path("parentSpanId").asText()).isEqualTo(PARENT);
        assertThat(call.path("name").asText()).isEqualTo("chat m");
        assertThat(attribute(call, "gen_ai.operation.name").asText()).isEqualTo("chat");
        assertThat(attribute(call, "tierway.attempts").asInt()).isEqualTo(2);
        List<JsonNode> attempts =
                spans.stream().filter(span -> span.path("kind").asInt() == 3).toList();
        assertThat(attempts).hasSize(2).allSatisfy(span -> {
            assertThat(span.path("parentSpanId").asText())
                    .isEqualTo(call.path("spanId").asText());
            assertThat(attribute(span, "gen_ai.provider.name").asText()).isEqualTo("openai-compatible");
            assertThat(Long.parseLong(span.path("endTimeUnixNano").asText()))
                    .isGreaterThanOrEqualTo(
                            Long.parseLong(span.path("startTimeUnixNano").asText()));
        });
        JsonNode failed = attempts.stream()
                .filter(span -> span.path("status").path("code").asInt() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(attribute(failed, "error.type").asText()).isEqualTo("upstream_fault");
        assertThat(attribute(failed, "tierway.replica").asText()).isEqualTo("a/m");
        JsonNode answered =
                attempts.stream().filter(span -> span != failed).findFirst().orElseThrow();
        assertThat(answered.path("name").asText()).isEqualTo("chat m-at-b");
        assertThat(attribute(answered, "gen_ai.usage.output_tokens").asLong()).isPositive();
        assertThat(authorizations).contains("k-1");
        assertThat(traceparent(b))
                .as("vendors aren't told unless that is configured")
                .isEmpty();
    }

    @Test
    void a_vendor_is_told_its_attempts_span_if_that_is_configured() throws Exception {
        try (Gateway gateway = gateway(traces(", propagate: true"))) {
            assertThat(call(gateway, false).statusCode()).isEqualTo(200);
        }
        JsonNode attempt = only(spans(), 3);
        assertThat(traceparent(a))
                .matches("00-" + attempt.path("traceId").asText() + "-"
                        + attempt.path("spanId").asText() + "-0[13]");
    }

    @Test
    void a_clients_trace_is_not_continued_if_that_is_configured() throws Exception {
        try (Gateway gateway = gateway(traces(", accept-parent: false"))) {
            assertThat(call(gateway, false, "traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                            .statusCode())
                    .isEqualTo(200);
        }
        JsonNode call = only(spans(), 1);
        assertThat(call.path("traceId").asText()).isNotEqualTo(TRACE);
        assertThat(call.has("parentSpanId")).isFalse();
    }

    @Test
    void a_collector_that_is_gone_costs_traces_and_no_calls() throws Exception {
        try (Gateway gateway = gateway(traces(""))) {
            collector.stop(0);
            assertThat(call(gateway, false).statusCode()).isEqualTo(200);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void without_the_key_nothing_is_traced_nor_handed_on() throws Exception {
        try (Gateway gateway = gateway("")) {
            assertThat(call(gateway, false, "traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(received).isEmpty();
        assertThat(traceparent(a)).isEmpty();
    }
}
