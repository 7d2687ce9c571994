package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of tools hold for clients that run their tools themselves, whatever they speak. */
class ToolAccessIT {
    private static final String OPENAI = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"read\",\"parameters\":{\"type\":\"object\"}}},"
        + "{\"type\":\"function\",\"function\":{\"name\":\"shell__run\",\"parameters\":{\"type\":\"object\"}}}]%s}";
    private static final String ANTHROPIC = "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"hi\"}],\"tools\":[{\"name\":\"shell__run\",\"input_schema\":{\"type\":\"object\"}},"
            + "{\"name\":\"read\",\"input_schema\":{\"type\":\"object\"}}]}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "sim", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Gateway gateway(String offered) {
        return Gateway.start(GatewayConfig.parse("""
            providers: [ { id: p, kind: openai-compatible, base-url: "%s" } ]
            models: [ { id: m, tier: mid, use-cases: [chat], capabilities: [tools], replicas: [ { provider: p } ] } ]
            storage: { ledger: { store: memory }, quota: { store: memory } }
            agents: { tools: { deny: ["shell.*"], offered: %s, agents: { ann: { allow: [shell__run] } } } }
            server: { port: 0, admin: { port: 0 } }
            """.formatted(server.baseUrl(), offered), Map.of()));
    }

    private HttpResponse<String> post(Gateway gateway, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + path))
                        .header("content-type", "application/json")
                        .header("anthropic-version", "2023-06-01")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String arrived() {
        return new String(server.recorded().getLast().body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_denied_tool_does_not_reach_the_model_and_the_client_is_warned() throws Exception {
        try (Gateway gateway = gateway("remove")) {
            for (HttpResponse<String> reply : List.of(
                    post(gateway, "/v1/chat/completions", OPENAI.formatted("")),
                    post(gateway, "/v1/messages", ANTHROPIC))) {
                assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
                assertThat(reply.headers().firstValue("x-tierway-warnings").orElse(""))
                        .contains("shell__run");
            }
            assertThat(arrived()).contains("read").doesNotContain("shell__run");
            HttpResponse<String> streamed = post(gateway, "/v1/chat/completions", OPENAI.formatted(",\"stream\":true"));
            assertThat(streamed.body()).endsWith("data: [DONE]\n\n");
            assertThat(arrived()).doesNotContain("shell__run");
        }
    }

    @Test
    void or_the_call_is_refused_in_the_clients_own_shape() throws Exception {
        try (Gateway gateway = gateway("refuse")) {
            HttpResponse<String> refused = post(gateway, "/v1/chat/completions", OPENAI.formatted(""));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("tool_access_denied", "shell__run");
            assertThat(post(gateway, "/v1/messages", ANTHROPIC).body()).contains("\"type\":\"error\"");
            assertThat(server.recorded()).isEmpty();
        }
    }
}
