package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every endpoint that either port's OpenAPI document names, asked by nobody, by who has a wrong key, and with a key of each
 * scope. Bodies are empty objects: who is let in is told what is wrong with them.
 */
class EveryEndpointIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMIN_TOKEN = "an-admin-token-that-is-long";
    private static final Set<String> OPEN_API = Set.of("GET /livez", "GET /readyz");
    private static final Set<String> OPEN_ADMIN = Set.of("GET /livez");

    /** What each scope is for: docs/reference/http.md, API keys. What isn't here answers every key. */
    private static final Map<String, Set<String>> NEEDED = Map.of(
            "call",
            Set.of(
                    "POST /v1/chat/completions",
                    "POST /v1/completions",
                    "POST /v1/responses",
                    "POST /v1/embeddings",
                    "POST /v1/messages",
                    "POST /v1/messages/count_tokens"),
            "explain",
            Set.of("POST /v1/route/explain"),
            "read",
            Set.of("GET /v1/route/decisions", "GET /v1/route/decisions/{id}", "GET /v1/workflows/{id}"));

    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        auth:
          mode: keys
          admin-token: %s
          keys:
            - { id: call, secret: secret-of-the-key-call, scopes: [call] }
            - { id: explain, secret: secret-of-the-key-explain, scopes: [explain] }
            - { id: read, secret: secret-of-the-key-read, scopes: [read] }
            - { id: admin, secret: secret-of-the-key-admin, scopes: [admin] }
        server: { port: 0, admin: { port: 0 } }
        """.formatted(ADMIN_TOKEN);

    private static Gateway gateway;
    private static HttpClient client;
    private static List<String> api;
    private static List<String> admin;

    @BeforeAll
    static void start() throws Exception {
        gateway = Gateway.start(GatewayConfig.parse(CONFIG, Map.of()));
        client = HttpClient.newHttpClient();
        api = endpoints(gateway.apiPort(), "secret-of-the-key-call");
        admin = endpoints(gateway.adminPort(), ADMIN_TOKEN);
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    private static List<String> endpoints(int port, String key) throws Exception {
        JsonNode document = JSON.readTree(client.send(
                        HttpRequest.newBuilder(uri(port, "/openapi.json"))
                                .header("authorization", "Bearer " + key)
                                .build(),
                        BodyHandlers.ofString())
                .body());
        List<String> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                all.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return all;
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path.replace("{id}", "x"));
    }

    /** The status only: events never end. */
    private static int status(int port, String endpoint, String header, String value) throws Exception {
        String[] parts = endpoint.split(" ");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, parts[1]))
                .timeout(Duration.ofSeconds(TwoUpstreams.PATIENCE_SECONDS))
                .header("content-type", "application/json")
                .method(
                        parts[0],
                        parts[0].equals("POST")
                                ? HttpRequest.BodyPublishers.ofString("{}")
                                : HttpRequest.BodyPublishers.noBody());
        if (header != null) {
            request.header(header, value);
        }
        HttpResponse<java.io.InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    @Test
    void nobody_and_a_wrong_key_reach_nothing_but_the_health_endpoints() throws Exception {
        assertThat(api).hasSizeGreaterThan(13);
        assertThat(admin).hasSizeGreaterThan(23);
        for (String[] credential : new String[][] {
            {null, null},
            {"authorization", "Bearer sk-tw-wrong"},
            {"x-api-key", "sk-tw-wrong"},
            {"authorization", "Basic YTpi"},
            {"authorization", ""}
        }) {
            for (String endpoint : api) {
                assertThat(status(gateway.apiPort(), endpoint, credential[0], credential[1]))
                        .as("%s with %s: %s", endpoint, credential[0], credential[1])
                        .isEqualTo(OPEN_API.contains(endpoint) ? 200 : 401);
            }
            for (String endpoint : admin) {
                assertThat(status(gateway.adminPort(), endpoint, credential[0], credential[1]))
                        .as("admin %s with %s: %s", endpoint, credential[0], credential[1])
                        .isEqualTo(OPEN_ADMIN.contains(endpoint) ? 200 : 401);
            }
        }
    }

    @Test
    void the_admin_token_is_no_api_key() throws Exception {
        for (String endpoint : api) {
            assertThat(status(gateway.apiPort(), endpoint, "authorization", "Bearer " + ADMIN_TOKEN))
                    .as(endpoint)
                    .isEqualTo(OPEN_API.contains(endpoint) ? 200 : 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"call", "explain", "read", "admin"})
    void a_key_reaches_what_its_scope_is_for(String scope) throws Exception {
        String secret = "Bearer secret-of-the-key-" + scope;
        for (String endpoint : api) {
            boolean refused = NEEDED.entrySet().stream()
                    .anyMatch(needed -> needed.getValue().contains(endpoint)
                            && !needed.getKey().equals(scope)
                            && (!scope.equals("admin") || needed.getKey().equals("call")));
            int status = status(gateway.apiPort(), endpoint, "authorization", secret);
            if (refused) {
                assertThat(status).as(endpoint).isEqualTo(403);
            } else {
                assertThat(status).as(endpoint).isIn(200, 400, 404);
            }
        }
        for (String endpoint : admin) {
            int status = status(gateway.adminPort(), endpoint, "authorization", secret);
            if (scope.equals("admin")) {
                assertThat(status).as("admin %s", endpoint).isNotIn(401, 403);
            } else {
                assertThat(status).as("admin %s", endpoint).isEqualTo(OPEN_ADMIN.contains(endpoint) ? 200 : 403);
            }
        }
    }
}
