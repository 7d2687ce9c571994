package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.RecordedRequest;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
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

/** A server of kind openai that has chat completions and neither responses nor legacy completions. */
class MissingEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
        providers: [{ id: own, kind: openai, base-url: "%s", api-key: unused }]
        models: [{ id: n, tier: mid, use-cases: [chat], replicas: [{ provider: own, upstream-model: gpt-x }] }]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer server;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "own", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(server.baseUrl()), Map.of()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        gateway.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode decision(HttpResponse<String> reply) throws Exception {
        String id = reply.headers().firstValue("x-tierway-decision").orElseThrow();
        URI uri = URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/route/decisions/" + id);
        return JSON.readTree(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private List<String> paths() {
        return server.recorded().stream().map(RecordedRequest::path).toList();
    }

    @Test
    void what_came_for_it_is_translated_to_a_chat_and_it_is_not_asked_for_again() throws Exception {
        HttpResponse<String> reply = post("/v1/responses", "{'model':'tier:mid/chat','input':'What is a spine?'}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(JSON.readTree(reply.body()).at("/output/0/content/0/text").asText())
                .contains("What is a spine?");
        JsonNode rounds = decision(reply).path("rounds");
        assertThat(rounds).hasSize(2);
        assertThat(rounds.at("/0/result/class").asText()).isEqualTo("endpoint_not_offered");
        assertThat(rounds.at("/0/result/charge").asText()).isEqualTo("refunded_but_request");
        assertThat(rounds.at("/1/chose").asText()).isEqualTo("own/n");

        HttpResponse<String> stream = post("/v1/responses", "{'model':'n','input':'hello','stream':true}");
        assertThat(stream.body()).contains("response.completed");
        assertThat(decision(stream).path("rounds")).hasSize(1);
        assertThat(paths()).containsExactly("/v1/responses", "/v1/chat/completions", "/v1/chat/completions");
    }

    @Test
    void a_pinned_replica_is_asked_translated_too() throws Exception {
        HttpResponse<String> reply = post("/v1/completions", "{'model':'own/n','prompt':'What is a spine?'}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(JSON.readTree(reply.body()).at("/choices/0/text").asText()).contains("What is a spine?");
        assertThat(paths()).containsExactly("/v1/completions", "/v1/chat/completions");
    }

    @Test
    void it_does_not_open_the_replicas_circuit_for_other_calls() throws Exception {
        for (int i = 0; i < 8; i++) {
            post("/v1/completions", "{'model':'n','prompt':'hi'}");
        }
        HttpResponse<String> chat =
                post("/v1/chat/completions", "{'model':'n','messages':[{'role':'user','content':'hi'}]}");
        assertThat(chat.statusCode()).isEqualTo(200);
        JsonNode facts = decision(chat).at("/rounds/0/candidates/0/facts");
        assertThat(facts.path("circuit").asText()).isEqualTo("closed");
    }

    @Test
    void what_cannot_be_translated_is_refused_without_asking_again() throws Exception {
        String body = "{'model':'n','input':'hi','tools':[{'type':'web_search'}]}";
        HttpResponse<String> first = post("/v1/responses", body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(501);
        assertThat(JSON.readTree(first.body()).at("/error/code").asText()).isEqualTo("unsupported_endpoint");
        HttpResponse<String> second = post("/v1/responses", body);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(400);
        assertThat(JSON.readTree(second.body()).at("/error/code").asText()).isEqualTo("unsupported_parameter");
        assertThat(paths()).containsExactly("/v1/responses");
    }
}
