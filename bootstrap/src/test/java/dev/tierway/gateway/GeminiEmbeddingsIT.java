package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.domain.catalogue.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Embeddings asked for in OpenAI's words and made by Gemini; and simulated ones of a size of one's own. */
class GeminiEmbeddingsIT {
    private static final String CONFIG = """
        providers:
          - { id: google, kind: gemini, base-url: "http://127.0.0.1:%d/v1beta", api-key: canary-key }
          - { id: made-up, kind: simulated, simulated: { dimensions: 5, ttft: 0ms } }
        models:
          - id: e
            tier: small
            use-cases: [embed]
            capabilities: [embeddings]
            replicas: [ { provider: google, upstream-model: gemini-embedding-001 } ]
          - { id: own, tier: micro, use-cases: [embed], capabilities: [embeddings], replicas: [ { provider: made-up } ] }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer vendor;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("x-goog-api-key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = "{\"embeddings\":[{\"values\":[1,0]},{\"values\":[0.5,2]}]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        vendor.start();
        gateway = Gateway.start(
                GatewayConfig.parse(CONFIG.formatted(vendor.getAddress().getPort()), Map.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        vendor.stop(0);
    }

    @Test
    void a_client_of_openais_gets_them_in_its_own_words() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/embeddings"))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"dimensions\":2}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).contains("\"object\":\"list\"").contains("\"index\":1");
        }
        assertThat(asked)
                .containsExactly("/v1beta/models/gemini-embedding-001:batchEmbedContents canary-key {\"requests\":["
                        + "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                        + "\"outputDimensionality\":2},{\"model\":\"models/gemini-embedding-001\",\"content\":"
                        + "{\"parts\":[{\"text\":\"b\"}]},\"outputDimensionality\":2}]}");
    }

    @Test
    void from_java_too_and_simulated_ones_have_the_size_configured() {
        Tierway tierway = gateway.tierway();
        EmbeddingResponse made = tierway.embed(Target.parse("e"), EmbeddingRequest.of("a", "b"), CallOptions.NONE)
                .response();
        assertThat(made.embeddings()).hasSize(2);
        assertThat(made.embeddings().get(1).value(1)).isEqualTo(2f);

        assertThat(tierway.embed(Target.parse("own"), EmbeddingRequest.of("a"), CallOptions.NONE)
                        .response()
                        .dimensions())
                .isEqualTo(5);
    }
}
