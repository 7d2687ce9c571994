package dev.tierway.adapter.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.FakeKeys;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.access.Grant;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.access.LimitNames;
import dev.tierway.application.event.EventBus;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.routing.Constraints;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API keys on the admin port, on real sockets. */
class KeysEndpointsTest {
    private static final String SECRET = "0123456789-canary-token";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeKeys keys = new FakeKeys();
    private final FakeOperateFleet fleet = new FakeOperateFleet();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        AdminPorts ports = new AdminPorts(
                new NoFleet(),
                FakeLimits.NONE,
                new FakeAgents(),
                List::of,
                new FakeHistory(),
                fleet,
                new EventBus((name, thrown) -> {}),
                new FakeReconfigure(),
                Map::of,
                () -> "",
                "1",
                System::nanoTime,
                () -> 7,
                () -> 7,
                keys,
                keys);
        server = new AdminServer(
                vertx, new AdminSettings("127.0.0.1", 0, new AdminToken(SECRET), HttpLimits.DEFAULTS), ports);
        server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path, String secret) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + secret);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(to(path, SECRET).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        byte[] bytes = response.body().getBytes(StandardCharsets.UTF_8);
        return Json.tree(bytes, 0, bytes.length, "body");
    }

    @Test
    void a_key_is_made_with_everything_a_key_can_have() throws Exception {
        HttpResponse<String> response = post("/admin/keys", """
            {"id": "search-team", "scopes": ["call", "explain"], "for": "90d", "note": "search", "author": "ann",
             "allow": {"tiers": ["micro", "mid"], "models": ["m"], "replicas": ["p/m"], "tags": ["eu"]},
             "fixed": {"local": "required", "agent": "bot", "tags": {"team": "search"}},
             "limits": {"requests-per-minute": 600, "concurrency": 4}}\
            """);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(json(response).path("secret").asText()).isEqualTo("sk-tw-drawn");
        assertThat(json(response).path("key").path("id").asText()).isEqualTo("search-team");
        assertThat(json(response).path("warnings").path(0).asText()).isEqualTo("mind this");
        Grant grant = keys.created.grant();
        assertThat(grant.scopes()).containsExactly(KeyScope.CALL, KeyScope.EXPLAIN);
        assertThat(grant.allowed().tiers()).containsExactly(ModelTier.MICRO, ModelTier.MID);
        assertThat(grant.allowed().tags()).containsExactly("eu");
        assertThat(grant.fixed().local()).isEqualTo(Constraints.Local.REQUIRED);
        assertThat(grant.fixed().tags()).isEqualTo(Map.of("team", "search"));
        assertThat(grant.limits())
                .containsExactly(LimitNames.limit("requests-per-minute", 600), LimitNames.limit("concurrency", 4));
        assertThat(keys.created.lasting()).isEqualTo(Duration.ofDays(90));
        assertThat(keys.created.author()).isEqualTo("admin/ann");
    }

    @Test
    void a_key_that_says_nothing_may_call_anything() throws Exception {
        assertThat(post("/admin/keys", "{\"id\": \"x\"}").statusCode()).isEqualTo(200);
        assertThat(keys.created.grant()).isEqualTo(Grant.of(KeyScope.CALL));
    }

    @Test
    void keys_are_listed_rotated_and_revoked() throws Exception {
        assertThat(json(send(to("/admin/keys", SECRET).GET()))
                        .path("keys")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo("team");
        HttpResponse<String> rotated = post("/admin/keys/rotate", "{\"id\": \"team\", \"overlap\": \"24h\"}");
        assertThat(json(rotated).path("secret").asText()).isEqualTo("sk-tw-next");
        assertThat(keys.rotated).isEqualTo("team null PT24H admin");
        HttpResponse<String> revoked =
                post("/admin/keys/revoke", "{\"id\": \"team\", \"reason\": \"leaked\", \"author\": \"ann\"}");
        assertThat(json(revoked).path("key").path("id").asText()).isEqualTo("team");
        assertThat(keys.revoked).isEqualTo("team leaked admin/ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; id: say which.",
                "{\"id\":\"x\",\"scope\":[\"call\"]}; There is no member 'scope' here. Did you mean 'scopes'?",
                "{\"id\":\"x\",\"scopes\":[]}; scopes: must be a list of strings with one at least.",
                "{\"id\":\"x\",\"scopes\":[\"all\"]}; scopes: unknown scope 'all': scopes are call, explain, read,"
                        + " admin.",
                "{\"id\":\"x\",\"allow\":{\"tier\":[\"mid\"]}}; There is no member 'allow.tier' here. Did you mean"
                        + " 'tiers'?",
                "{\"id\":\"x\",\"allow\":{\"tiers\":[]}}; allow.tiers: must be a list of strings with one at least.",
                "{\"id\":\"x\",\"fixed\":{\"local\":\"yes\"}}; fixed.local: must be required or disabled, not 'yes'.",
                "{\"id\":\"x\",\"fixed\":{\"agent\":\"\"}}; fixed.agent: 1 to 256 characters.",
                "{\"id\":\"x\",\"limits\":{\"requests-per-minute\":0}}; limits.requests-per-minute: must be 1 to",
                "{\"id\":\"x\",\"limits\":{\"requests\":1}}; limits.requests: unknown limit 'requests': limits are",
                "{\"id\":\"x\",\"limits\":{\"concurrency\":\"4\"}}; limits.concurrency: must be a whole number.",
                "{\"id\":\"x\",\"for\":\"soon\"}; for: 'soon' is no length of time",
                "[]; The body must be one JSON object."
            })
    void what_is_wrong_is_named(String body, String message) throws Exception {
        HttpResponse<String> response = post("/admin/keys", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").path("message").asText()).startsWith(message);
        assertThat(keys.created).isNull();
    }

    @Test
    void a_key_with_the_scope_admin_opens_the_port_and_is_the_author() throws Exception {
        keys.know("ops-secret", "ops", Grant.of(KeyScope.ADMIN));
        keys.know("app-secret", "app", Grant.of(KeyScope.CALL, KeyScope.READ));

        HttpResponse<String> revoked = send(
                to("/admin/keys/revoke", "ops-secret").POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"x\"}")));
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(keys.revoked).isEqualTo("x null key:ops");
        send(to("/admin/phase", "ops-secret")
                .POST(HttpRequest.BodyPublishers.ofString("{\"provider\": \"west\", \"phase\": \"draining\"}")));
        assertThat(fleet.ordered)
                .singleElement()
                .matches(order -> order.author().equals("key:ops"));

        assertThat(send(to("/admin/fleet", "app-secret").GET()).statusCode()).isEqualTo(403);
        assertThat(send(to("/admin/fleet", "nobodys").GET()).statusCode()).isEqualTo(401);
    }
}
