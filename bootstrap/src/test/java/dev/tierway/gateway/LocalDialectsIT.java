package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that speaks OpenAI's format is answered by providers that speak Ollama's and Cohere's. */
class LocalDialectsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOOL = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
            + "\"parameters\":{\"type\":\"object\"}}}]";
    private static final String CONFIG = """
        providers:
          - id: box
            kind: ollama
            base-url: "%1$s"
            defaults: { parameters: { keep_alive: 30m, options: { num_ctx: 4096, seed: 1 } } }
          - { id: co, kind: cohere, base-url: "%1$s", api-key: canary-cohere-key }
        models:
          - id: local
            tier: small
            use-cases: [chat]
            capabilities: [tools, json]
            replicas: [ { provider: box, upstream-model: "qwen3:8b" } ]
          - id: command
            tier: mid
            use-cases: [chat]
            capabilities: [tools, json]
            replicas: [ { provider: co, upstream-model: command-a } ]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        routing: { probes: { local: false } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private record Asked(String path, String body, String authorization) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConcurrentLinkedDeque<Asked> asked = new ConcurrentLinkedDeque<>();
    private HttpServer server;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            asked.add(new Asked(path, body, exchange.getRequestHeaders().getFirst("authorization")));
            JsonNode request = JSON.readTree(body);
            boolean stream = request.path("stream").asBoolean();
            boolean tools = request.has("tools");
            byte[] reply = (path.equals("/api/chat") ? ollama(stream, tools) : cohere(stream, tools))
                    .getBytes(StandardCharsets.UTF_8);
            String type = !stream
                    ? "application/json"
                    : path.equals("/api/chat") ? "application/x-ndjson" : "text/event-stream";
            exchange.getResponseHeaders().add("content-type", type);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(url), Map.of()));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
        server.stop(0);
    }

    private static String ollama(boolean stream, boolean tools) {
        String message = tools
                ? "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"weather\","
                        + "\"arguments\":{\"city\":\"Bern\"}}}]}"
                : "{\"role\":\"assistant\",\"content\":\"hello\"}";
        String end = "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":3}\n";
        return stream
                ? "{\"model\":\"q\",\"message\":" + message + ",\"done\":false}\n"
                        + "{\"model\":\"q\",\"message\":{\"role\":\"assistant\",\"content\":\"\"}," + end
                : "{\"model\":\"q\",\"message\":" + message + "," + end;
    }

    private static String cohere(boolean stream, boolean tools) {
        String usage = "\"usage\":{\"billed_units\":{\"input_tokens\":7,\"output_tokens\":3}}";
        String reason = "\"finish_reason\":\"" + (tools ? "TOOL_CALL" : "COMPLETE") + "\",";
        String call = "{\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
                + "\"arguments\":\"{\\\"city\\\":\\\"Bern\\\"}\"}}";
        if (!stream) {
            return "{\"id\":\"r\"," + reason + "\"message\":{\"role\":\"assistant\","
                    + (tools ? "\"tool_calls\":[" + call + "]" : "\"content\":[{\"type\":\"text\",\"text\":\"hello\"}]")
                    + "}," + usage + "}";
        }
        String piece = tools
                ? "data: {\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":" + call
                        + "}}}\n\n"
                : "data: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":"
                        + "\"hello\"}}}}\n\n";
        return "data: {\"type\":\"message-start\",\"id\":\"r\"}\n\n" + piece
                + "data: {\"type\":\"message-end\",\"delta\":{" + reason + usage + "}}\n\n";
    }

    @Test
    void unary_calls_are_translated_both_ways() throws Exception {
        for (String model : new String[] {"local", "command"}) {
            HttpResponse<String> reply = ask("\"model\":\"" + model + "\"");

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            JsonNode completion = JSON.readTree(reply.body());
            assertThat(completion.at("/choices/0/message/content").asText()).isEqualTo("hello");
            assertThat(completion.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(completion.at("/usage/prompt_tokens").asInt()).isEqualTo(7);
            assertThat(completion.at("/usage/completion_tokens").asInt()).isEqualTo(3);
        }
        assertThat(asked).extracting(Asked::path).containsExactly("/api/chat", "/v2/chat");
        assertThat(asked.getLast().authorization()).isEqualTo("Bearer canary-cohere-key");
    }

    @Test
    void streams_are_translated_both_ways() throws Exception {
        for (String model : new String[] {"local", "command"}) {
            HttpResponse<String> reply =
                    ask("\"model\":\"" + model + "\",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

            assertThat(reply.body())
                    .contains("chat.completion.chunk", "\"content\":\"hello\"", "\"completion_tokens\":3")
                    .endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void tools_are_called_and_their_results_come_back_to_the_model() throws Exception {
        for (String model : new String[] {"local", "command"}) {
            for (String stream : new String[] {"", ",\"stream\":true"}) {
                HttpResponse<String> reply = ask("\"model\":\"" + model + "\"" + TOOL + stream);
                assertThat(reply.body()).contains("\"name\":\"weather\"", "Bern", "\"finish_reason\":\"tool_calls\"");
            }
            HttpResponse<String> next = post("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\","
                                                                     + "\"content\":\"hi\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                                                                     + "\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Bern\\\"}\"}}]},"
                                                                     + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sunny\"}]}");
            assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
            assertThat(JSON.readTree(asked.getLast().body())
                            .at("/messages/2/content")
                            .asText())
                    .isEqualTo("sunny");
        }
    }

    @Test
    void an_operators_defaults_go_with_what_callers_say() throws Exception {
        ask("\"model\":\"local\",\"seed\":5");

        JsonNode sent = JSON.readTree(asked.getLast().body());
        assertThat(sent.path("keep_alive").asText()).isEqualTo("30m");
        assertThat(sent.path("options")).hasToString("{\"seed\":5,\"num_ctx\":4096}");
    }

    @Test
    void what_can_be_asked_is_told() throws Exception {
        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/capabilities"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        JsonNode told = JSON.readTree(reply.body());
        assertThat(told.at("/models/0/id").asText()).isEqualTo("local");
        assertThat(told.at("/models/0/providers/0/kind").asText()).isEqualTo("ollama");
        assertThat(told.at("/models/0/lacks").toString()).contains("image URLs");
        assertThat(told.path("provider_kinds").size()).isGreaterThan(30);
    }

    @Test
    void a_gateway_whose_provider_is_itself_says_so_at_once() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        GatewayConfig config = GatewayConfig.parse("""
            providers: [ { id: me, kind: openai-compatible, base-url: "http://127.0.0.1:%1$d/v1" } ]
            models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: me } ] } ]
            storage: { ledger: { store: memory }, quota: { store: memory } }
            server: { port: %1$d, admin: { port: 0 } }
            """.formatted(port), Map.of());
        try (Gateway looping = Gateway.start(config)) {
            HttpResponse<String> reply =
                    post(looping, "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"," + "\"content\":\"hi\"}]}");

            assertThat(reply.statusCode()).isEqualTo(502);
            assertThat(reply.body()).contains("been here before");
        }
    }

    private HttpResponse<String> ask(String members) throws IOException, InterruptedException {
        return post("{" + members + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return post(gateway, body);
    }

    private HttpResponse<String> post(Gateway to, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
