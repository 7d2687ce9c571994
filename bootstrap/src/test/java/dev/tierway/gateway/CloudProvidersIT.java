package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.bedrock.ConverseBridge;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.Gateway;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that speaks OpenAI's dialect, and providers at AWS and Azure. */
class CloudProvidersIT {
    private static final String CONFIG = """
        providers:
          - id: aws
            kind: bedrock
            base-url: "%s"
            aws: { region: eu-central-1, access-key: AKIDCANARY, secret-key: canary-secret, session-token: canary-token }
          - id: azure
            kind: azure-openai
            base-url: "%s"
            api-key: canary-azure-key
            azure: { api-version: 2024-10-21 }
        models:
          - { id: claude, tier: mid, use-cases: [chat], capabilities: [tools, json], replicas: [ { provider: aws, upstream-model: upstream-model } ] }
          - { id: gpt, tier: mid, use-cases: [chat], capabilities: [tools, json], replicas: [ { provider: azure, upstream-model: my-deployment } ] }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer server;
    private ConverseBridge bridge;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "cloud", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        bridge = new ConverseBridge(vertx, server.port());
        gateway = Gateway.start(
                GatewayConfig.parse(CONFIG.formatted(bridge.url(), "http://127.0.0.1:" + server.port()), Map.of()));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        bridge.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private HttpResponse<String> post(String model, String rest) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model
                                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]" + rest + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "gpt"})
    void both_answer_whole_streamed_and_with_tools(String model) throws Exception {
        HttpResponse<String> unary = post(model, "");
        assertThat(unary.statusCode()).as(unary.body()).isEqualTo(200);
        assertThat(unary.body()).contains("You said: Grüße").contains("\"finish_reason\":\"stop\"");

        HttpResponse<String> stream = post(model, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(stream.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(stream.body())
                .contains("\"finish_reason\":\"stop\"")
                .contains("\"completion_tokens\":24")
                .endsWith("data: [DONE]\n\n");

        HttpResponse<String> named = post(
                model,
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\","
                    + "\"properties\":{\"city\":{\"type\":\"string\"}}}}}],\"tool_choice\":{\"type\":\"function\","
                    + "\"function\":{\"name\":\"weather\"}}");
        assertThat(named.body())
                .contains("\"name\":\"weather\"")
                .contains("{\\\"city\\\":\\\"Grüße\\\"}")
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void requests_arrive_where_each_vendor_wants_them() throws Exception {
        post("claude", "");
        assertThat(bridge.lastRequest())
                .startsWith("POST /model/upstream-model/converse HTTP/1.1")
                .contains("authorization: AWS4-HMAC-SHA256 Credential=AKIDCANARY/")
                .contains("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Grüße\"}]}]}");
        post("gpt", "");
        assertThat(server.recorded().getLast().path())
                .isEqualTo("/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21");
        assertThat(server.recorded().getLast().headers().toString()).contains("canary-azure-key");
    }

    @Test
    void what_bedrock_lacks_is_left_out_with_a_warning_or_refused() throws Exception {
        ChatRequest seeded = ChatRequest.builder()
                .user("hi")
                .sampling(new Sampling(null, null, null, null, null, 7L, List.of()))
                .build();
        var answer = gateway.tierway().callLogicalModel("claude", seeded);
        assertThat(DecisionExplainer.warnings(answer.selection()))
                .singleElement()
                .asString()
                .startsWith("seed left out: aws/claude");
        CallOptions whole = CallOptions.builder()
                .onUnsupported(CallOptions.OnUnsupported.REJECT)
                .build();
        assertThatThrownBy(() -> gateway.tierway().callLogicalModel("claude", seeded, whole))
                .hasMessageContaining("not_expressible (seed)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "gpt"})
    void a_vendors_refusal_reaches_the_caller_without_credentials(String model) throws Exception {
        server.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(429)));
        HttpResponse<String> refused = post(model, "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).doesNotContain("canary").doesNotContain("AKIDCANARY");
    }
}
