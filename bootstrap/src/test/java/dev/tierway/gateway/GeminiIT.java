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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that speaks OpenAI's format is answered by providers that speak Google's. */
class GeminiIT {
    private static final long PATIENCE_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONFIG = """
        providers:
          - { id: studio, kind: gemini, base-url: "%1$s", api-key: canary-studio-key }
          - id: cloud
            kind: vertex
            base-url: "%1$s"
            api-key: canary-cloud-key
            google: { project: my-project, location: europe-west4 }
        models:
          - id: flash
            tier: small
            use-cases: [chat]
            capabilities: [tools, json]
            context-window: 100000
            replicas:
              - { provider: studio, upstream-model: gemini-2.5-flash, price: { input: 1, output: 1 } }
              - { provider: cloud, upstream-model: gemini-2.5-flash, price: { input: 9, output: 9 } }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private SimulatedServer google;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        google = SimulatedServer.start(vertx, "google", new ScriptBook(SimulatedScript.HEALTHY))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(google.baseUrl()), Map.of()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        gateway.close();
        google.close();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void a_unary_call_is_translated_both_ways() throws Exception {
        HttpResponse<String> reply = ask("\"model\":\"flash\"");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        JsonNode completion = JSON.readTree(reply.body());
        assertThat(completion.at("/choices/0/message/content").asText()).contains("You said: hi");
        assertThat(completion.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(completion.at("/usage/completion_tokens").asInt()).isEqualTo(24);
        assertThat(google.recorded().getLast().path()).isEqualTo("/v1/models/gemini-2.5-flash:generateContent");
        assertThat(google.recorded().getLast().headers()).containsEntry("x-goog-api-key", "canary-studio-key");
    }

    @Test
    void a_stream_is_translated_both_ways() throws Exception {
        HttpResponse<String> reply =
                ask("\"model\":\"flash\",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(reply.body())
                .contains("chat.completion.chunk", "\"completion_tokens\":24")
                .endsWith("data: [DONE]\n\n");
        assertThat(google.recorded().getLast().path())
                .isEqualTo("/v1/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
    }

    @Test
    void a_tool_is_called_and_its_result_comes_back_to_the_model() throws Exception {
        String tool = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}]";
        for (String stream : new String[] {"", ",\"stream\":true"}) {
            HttpResponse<String> reply = ask("\"model\":\"flash\",\"tool_choice\":\"required\"" + tool + stream);
            assertThat(reply.body())
                    .contains("\"name\":\"weather\"", "{\\\"city\\\":\\\"hi\\\"}", "\"finish_reason\":\"tool_calls\"");
        }
        HttpResponse<String> next = post("{\"model\":\"flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
                + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Bern\\\"}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sunny\"}]" + tool + "}");
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
        JsonNode sent = JSON.readTree(google.recorded().getLast().body());
        assertThat(sent.at("/contents/2/parts/0/functionResponse/name").asText())
                .isEqualTo("weather");
        assertThat(sent.at("/contents/2/parts/0/functionResponse/response/output")
                        .asText())
                .isEqualTo("sunny");
    }

    @Test
    void vertex_is_the_same_dialect_behind_another_door() throws Exception {
        HttpResponse<String> reply = ask("\"model\":\"cloud/flash\"");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(google.recorded().getLast().path())
                .isEqualTo("/v1/projects/my-project/locations/europe-west4/publishers/google/models/gemini-2.5-flash"
                        + ":generateContent");
    }

    @Test
    void what_gemini_can_not_be_told_is_left_out_with_a_warning_or_refused_on_wish() throws Exception {
        HttpResponse<String> warned = ask("\"model\":\"flash\",\"user\":\"ann\"");
        assertThat(warned.statusCode()).isEqualTo(200);
        assertThat(warned.headers().firstValue("x-tierway-warnings").orElse("")).contains("user");
        HttpResponse<String> refused =
                ask("\"model\":\"flash\",\"user\":\"ann\",\"tierway\":{\"on_unsupported\":\"reject\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> ask(String members) throws Exception {
        return post("{" + members + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
