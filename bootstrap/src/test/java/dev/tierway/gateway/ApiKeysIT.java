package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.GatewayConfig;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.bootstrap.reload.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys through a running gateway: made, used, limited, revoked, and there again after a restart. */
class ApiKeysIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west, price: { input: 1, output: 2 } } ] }
          - { id: thinker, tier: frontier, use-cases: [chat], replicas: [ { provider: west, tags: [eu] } ] }
        storage: { ledger: { store: sqlite, path: "%s" } }
        budgets: { rules: [ { id: each, for: { key: "*" }, requests-per-day: 5 } ] }
        auth:
          mode: keys
          keys:
            - { id: ci, secret: "a-secret-of-the-file", scopes: [call, explain, read], limits: { requests-per-minute: 2 } }
        server: { port: 0, admin: { port: 0 } }
        """;
    private static final String HELLO =
            "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]%s}";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;

    private void start() {
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(ledger()), Map.of()));
    }

    private Path ledger() {
        return folder.resolve("tierway.db");
    }

    @AfterEach
    void stop() {
        http.close();
        if (gateway != null) {
            gateway.close();
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode admin(String path, String body) {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private String key(String json) {
        return admin("/admin/keys", json).path("secret").asText();
    }

    private HttpResponse<String> get(String path, String key) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + path))
                .header("authorization", "Bearer " + key)
                .GET());
    }

    private HttpResponse<String> post(String path, String key, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + path))
                .header("content-type", "application/json")
                .header("x-api-key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> chat(String key, String model, String more) {
        return post("/v1/chat/completions", key, HELLO.formatted(model, more));
    }

    private static JsonNode json(HttpResponse<String> response) {
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        return Json.tree(bytes, 0, bytes.length, "body");
    }

    private static String code(HttpResponse<String> response) {
        return response.statusCode() + " "
                + json(response).path("error").path("code").asText();
    }

    @Test
    void a_key_is_made_used_and_revoked_and_its_secret_is_nowhere_on_disk() throws Exception {
        start();
        String secret = key("{\"id\": \"team\", \"scopes\": [\"call\", \"read\"], \"author\": \"ann\"}");
        assertThat(chat(secret, "writer", "").statusCode()).isEqualTo(200);
        assertThat(code(chat("sk-tw-no", "writer", ""))).isEqualTo("401 invalid_api_key");

        gateway.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
        start();
        assertThat(chat(secret, "writer", "").statusCode())
                .as("after a restart")
                .isEqualTo(200);
        admin("/admin/keys/revoke", "{\"id\": \"team\", \"reason\": \"leaked\"}");
        assertThat(code(chat(secret, "writer", ""))).isEqualTo("401 invalid_api_key");
        HttpResponse<String> actions =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/admin/actions"))
                        .GET());
        assertThat(json(actions).path("recent").findValuesAsText("value")).containsExactly("revoked", "created");
        assertThat(actions.body()).doesNotContain(secret);
    }

    @Test
    void a_key_may_use_what_it_is_allowed_and_sees_no_more() {
        start();
        String secret = key("{\"id\": \"team\", \"allow\": {\"tiers\": [\"mid\"]}}");

        assertThat(chat(secret, "tier:mid", "").statusCode()).isEqualTo(200);
        assertThat(code(chat(secret, "thinker", ""))).isEqualTo("403 not_allowed");
        assertThat(code(chat(secret, "tier:frontier", ""))).isEqualTo("403 not_allowed");
        assertThat(json(get("/v1/models", secret)).path("data").findValuesAsText("id"))
                .containsExactly("writer");
        assertThat(get("/v1/models/thinker", secret).statusCode()).isEqualTo(404);
        assertThat(json(get("/v1/capabilities", secret)).path("models").findValuesAsText("id"))
                .containsExactly("writer");
        assertThat(code(chat(secret, "writer", ", \"tierway\": {\"explain\": true}")))
                .isEqualTo("403 not_allowed");
    }

    @Test
    void a_key_fixes_values_and_sees_its_own_decisions() {
        start();
        String secret = key("{\"id\": \"team\", \"scopes\": [\"call\", \"read\"], \"fixed\": {\"agent\": \"bot\"}}");
        String other = key("{\"id\": \"other\", \"scopes\": [\"call\", \"read\"]}");
        HttpResponse<String> call = chat(secret, "writer", "");
        String decision = call.headers().firstValue("x-tierway-decision").orElseThrow();

        assertThat(code(chat(secret, "writer", ", \"tierway\": {\"agent\": \"mine\"}")))
                .isEqualTo("400 fixed_by_key");
        assertThat(call.headers().firstValue("x-tierway-replica")).isEmpty();
        JsonNode seen = json(get("/v1/route/decisions/" + decision, secret));
        assertThat(seen.path("key").asText()).isEqualTo("team");
        assertThat(seen.path("asked").path("options").path("agent").asText()).isEqualTo("bot");
        assertThat(seen.path("outcome").has("replica")).isFalse();
        assertThat(seen.has("rounds")).isFalse();
        assertThat(get("/v1/route/decisions/" + decision, other).statusCode()).isEqualTo(404);
        assertThat(json(get("/v1/route/decisions", other)).path("data")).isEmpty();
        assertThat(json(get("/v1/route/decisions", secret)).path("data")).isNotEmpty();
        assertThat(post("/v1/route/explain", secret, HELLO.formatted("writer", ""))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_keys_own_limit_and_a_budget_for_each_key_hold() {
        start();
        assertThat(chat("a-secret-of-the-file", "writer", "").statusCode()).isEqualTo(200);
        assertThat(chat("a-secret-of-the-file", "writer", "").statusCode()).isEqualTo(200);
        HttpResponse<String> third = chat("a-secret-of-the-file", "writer", "");
        assertThat(code(third)).isEqualTo("429 rate_limit_exceeded");
        assertThat(json(third).path("error").path("message").asText()).contains("key:ci");

        String secret = key("{\"id\": \"team\"}");
        for (int n = 0; n < 5; n++) {
            assertThat(chat(secret, "writer", "").statusCode()).isEqualTo(200);
        }
        assertThat(code(chat(secret, "writer", ""))).as("each key for itself").isEqualTo("429 rate_limit_exceeded");
        assertThat(chat(key("{\"id\": \"next\"}"), "writer", "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_streams_end_tells_cost_and_replica_only_to_keys_with_explain() {
        start();
        String asked = ", \"stream\": true, \"stream_options\": {\"include_usage\": true}";
        String plain = chat(key("{\"id\": \"team\"}"), "writer", asked).body();
        String told = chat("a-secret-of-the-file", "writer", asked).body();

        assertThat(plain).contains("\"attempts\":1").doesNotContain("cost_usd").doesNotContain("\"replica\"");
        assertThat(told).contains("cost_usd").contains("\"replica\":\"west/writer\"");
    }

    @Test
    void keys_of_the_file_follow_it_while_the_gateway_runs() throws Exception {
        String text = CONFIG.formatted(ledger());
        Path file = Files.writeString(folder.resolve("tierway.yaml"), text);
        gateway = Gateway.start(GatewayConfig.load(file, Map.of()), ConfigFile.of(file));
        assertThat(get("/v1/models", "a-secret-of-the-file").statusCode()).isEqualTo(200);

        Files.writeString(file, text.replace("a-secret-of-the-file", "another-secret-of-the-file"));
        admin("/admin/config/reload", "{}");

        assertThat(get("/v1/models", "a-secret-of-the-file").statusCode()).isEqualTo(401);
        assertThat(get("/v1/models", "another-secret-of-the-file").statusCode()).isEqualTo(200);
    }

    @Test
    void refusals_are_counted_by_reason_and_no_secret_is_in_metrics_or_configuration() {
        start();
        chat("nobodys-secret-canary", "writer", "");
        String metrics = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                        .GET())
                .body();
        String config = send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + gateway.adminPort() + "/admin/config"))
                        .GET())
                .body();

        assertThat(metrics)
                .contains("tierway_auth_failures_total{reason=\"unknown\"} 1.0")
                .doesNotContain("canary")
                .doesNotContain("a-secret-of-the-file");
        assertThat(config).contains("\"ci\"").doesNotContain("a-secret-of-the-file");
    }
}
