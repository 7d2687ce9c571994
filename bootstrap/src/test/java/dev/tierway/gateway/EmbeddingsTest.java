package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.error.NoEligibleReplicaException;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.domain.catalogue.Target;
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

/** Embeddings over HTTP and from Java, passed through and translated, from replicas that may differ. */
class EmbeddingsTest {
    private static final String CONFIG = """
        providers:
          - { id: a, kind: openai-compatible, base-url: "%s" }
          - { id: b, kind: openai-compatible, base-url: "%s" }
          - { id: made-up, kind: simulated }
        models:
          - id: e
            tier: small
            use-cases: [embed]
            capabilities: [embeddings]
            replicas:
              - { provider: a, upstream-model: e-at-a, priority: 1, price: { input: 2, output: 0 } }
              - { provider: b, upstream-model: e-at-b, priority: 2, price: { input: 2, output: 0 } }
          - id: fixed
            tier: mid
            use-cases: [embed]
            capabilities: [embeddings]
            dimensions: 99
            replicas: [{ provider: a }]
          - { id: own, tier: micro, use-cases: [embed], capabilities: [embeddings], replicas: [{ provider: made-up }] }
          - { id: chatty, tier: mid, use-cases: [chat], replicas: [{ provider: a }] }
        routing: { strategy: priority }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer a;
    private SimulatedServer b;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        a = server("a");
        b = server("b");
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(a.baseUrl(), b.baseUrl()), Map.of()));
    }

    private SimulatedServer server(String name) throws Exception {
        return SimulatedServer.start(vertx, name, new ScriptBook(SimulatedScript.HEALTHY))
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        gateway.close();
        a.close();
        b.close();
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> reply) throws Exception {
        return new ObjectMapper().readTree(reply.body());
    }

    @Test
    void are_routed_by_tier_and_priced() throws Exception {
        HttpResponse<String> reply = post("/v1/embeddings", "{'model':'tier:small','input':['one','two two two']}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.headers().firstValue("x-tierway-replica")).contains("a/e");
        assertThat(json(reply).path("data")).hasSize(2);
        assertThat(json(reply).at("/data/1/embedding")).hasSize(16);
        assertThat(json(reply).at("/usage/prompt_tokens").asLong()).isEqualTo(4);
        // 4 tokens at 2 dollars a million.
        assertThat(reply.headers().firstValue("x-tierway-cost-usd")).contains("0.000008");
    }

    @Test
    void base64_and_the_size_asked_for_go_through_untouched() throws Exception {
        HttpResponse<String> reply =
                post("/v1/embeddings", "{'model':'e','input':'x','encoding_format':'base64','dimensions':5}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(java.util.Base64.getDecoder()
                        .decode(json(reply).at("/data/0/embedding").textValue()))
                .hasSize(20);
    }

    @Test
    void spill_over_like_chats() throws Exception {
        a.scripts().standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(500)));
        HttpResponse<String> reply = post("/v1/embeddings", "{'model':'e','input':'x'}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.headers().firstValue("x-tierway-replica")).contains("b/e");
    }

    @Test
    void of_another_size_than_the_models_are_refused() throws Exception {
        post("/v1/embeddings", "{'model':'e','input':'x'}");
        a.scripts().standard(SimulatedScript.HEALTHY.dimensions(8));
        HttpResponse<String> other = post("/v1/embeddings", "{'model':'e','input':'x'}");
        assertThat(other.headers().firstValue("x-tierway-replica")).contains("b/e");
        assertThat(json(other).at("/data/0/embedding")).hasSize(16);
        HttpResponse<String> nobody = post("/v1/embeddings", "{'model':'a/e','input':'x'}");
        assertThat(nobody.statusCode()).isEqualTo(502);
        assertThat(nobody.body()).contains("8 numbers, not 16");
        HttpResponse<String> wanted = post("/v1/embeddings", "{'model':'a/e','input':'x','dimensions':3}");
        assertThat(json(wanted).at("/data/0/embedding")).hasSize(3);
    }

    @Test
    void of_another_size_than_configured_are_refused() throws Exception {
        HttpResponse<String> reply = post("/v1/embeddings", "{'model':'fixed','input':'x'}");
        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.body()).contains("16 numbers, not 99");
    }

    @Test
    void are_asked_of_models_that_make_them() throws Exception {
        HttpResponse<String> reply = post("/v1/embeddings", "{'model':'chatty','input':'x'}");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).at("/error/code").asText()).isEqualTo("no_capable_replica");
    }

    @Test
    void of_another_dialect_are_translated() throws Exception {
        HttpResponse<String> reply = post("/v1/embeddings", "{'model':'own','input':['x','x','y'],'dimensions':4}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        JsonNode data = json(reply).path("data");
        assertThat(data.at("/0/embedding")).hasSize(4).isEqualTo(data.at("/1/embedding"));
        assertThat(data.at("/2/embedding")).isNotEqualTo(data.at("/0/embedding"));
    }

    @Test
    void are_explained_before_they_are_made() throws Exception {
        HttpResponse<String> reply = post("/v1/route/explain?api=embeddings", "{'model':'tier:small','input':'x'}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(json(reply).at("/rounds/0/chose").asText()).isEqualTo("a/e");
        assertThat(json(reply).at("/asked/needs/0").asText()).isEqualTo("embeddings");
        assertThat(json(reply).at("/asked/tokens/output").asLong()).isZero();
        assertThat(a.counts().requests()).isZero();
    }

    @Test
    void come_to_java_as_they_come_over_http() throws Exception {
        try (Tierway tierway = Tierway.builder()
                .config(GatewayConfig.parse(CONFIG.formatted(a.baseUrl(), b.baseUrl()), Map.of()))
                .build()) {
            Target target = Target.parse("tier:small/embed");
            EmbeddingRequest request = EmbeddingRequest.of("x", "y").withDimensions(4);
            Routed<EmbeddingResponse> routed = tierway.embed(target, request, CallOptions.NONE);
            assertThat(routed.response().embeddings()).hasSize(2);
            assertThat(routed.response().dimensions()).isEqualTo(4);
            assertThat(tierway.embedAsync(Target.parse("own"), request, CallOptions.NONE)
                            .get(20, TimeUnit.SECONDS)
                            .response()
                            .embeddings())
                    .isEqualTo(routed.response().embeddings());
            assertThat(tierway.explain(target, request, CallOptions.NONE).attempts())
                    .isZero();
            assertThatThrownBy(() -> tierway.embed(Target.parse("chatty"), request, CallOptions.NONE))
                    .isInstanceOf(NoEligibleReplicaException.class);
        }
    }
}
