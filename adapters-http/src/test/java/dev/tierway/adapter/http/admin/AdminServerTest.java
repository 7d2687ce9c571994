package dev.tierway.adapter.http.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.FakeKeys;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.ServerTls;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.GroupStatus;
import dev.tierway.application.port.in.OverrideStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.application.port.in.Status;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
    private static final String SECRET = "0123456789-canary-token";
    private static final String LOCAL = "host: localhost:8081\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final FakeKeys keys = new FakeKeys();
    private AdminServer server;

    @AfterEach
    void close() throws Exception {
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void start(AdminToken token) throws Exception {
        ReplicaStatus replica = new ReplicaStatus(
                "west/gpt-x",
                "west",
                "gpt-x",
                "mid",
                false,
                Status.DEGRADED,
                "active",
                "half_open",
                500L,
                null,
                3,
                1,
                2,
                null,
                0.9,
                620.0,
                null,
                4.0,
                null,
                null,
                null,
                List.of());
        QueryFleet fleet = new QueryFleet() {
            @Override
            public FleetStatus fleet() {
                return new FleetStatus(
                        41,
                        "adaptive",
                        List.of(replica),
                        List.of(new GroupStatus("gpt-x", Status.DEGRADED, 1, 3, 1, 2)),
                        List.of(),
                        List.of(new OverrideStatus(
                                "provider", "west", "phase", "draining", "admin/ann", "slow", 90_000L)));
            }

            @Override
            public Optional<ProviderUsage> usage(String provider) {
                return usage().stream()
                        .filter(one -> one.provider().equals(provider))
                        .findFirst();
            }

            @Override
            public List<ProviderUsage> usage() {
                return List.of(west(replica));
            }

            @Override
            public QuotaStatus quota() {
                return new QuotaStatus(
                        List.of(new QuotaStatus.ReplicaQuota("west/gpt-x", "west", "gpt-x", 0.25, List.of())),
                        List.of(new QuotaStatus.ModelSkew("gpt-x", 1, 0, 0.25, 0.25, null)),
                        new SharesStatus(90, 10, 3, 120, 5));
            }
        };
        AdminPorts ports = new AdminPorts(
                fleet,
                FakeLimits.ONE_BUDGET,
                new FakeAgents(),
                List::of,
                new FakeHistory(),
                new FakeOperateFleet(),
                new EventBus((name, thrown) -> {}),
                new FakeReconfigure(),
                () -> Map.of("providers", List.of(Map.of("id", "west"))),
                () -> "tierway_up 1\n",
                "1.2.3 <x>",
                System::nanoTime,
                () -> FakeHistory.NOW,
                () -> 7,
                keys,
                keys);
        server = new AdminServer(vertx, new AdminSettings("127.0.0.1", 0, token, HttpLimits.DEFAULTS), ports);
        server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ProviderUsage west(ReplicaStatus replica) {
        return new ProviderUsage(
                "west",
                Status.DEGRADED,
                3,
                1,
                0.25,
                2,
                620.0,
                null,
                7L,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                "closed",
                null,
                null,
                null,
                List.of(replica));
    }

    @Test
    void usage_is_told_of_all_providers_or_of_one() throws Exception {
        start(null);
        assertThat(get("/admin/usage", LOCAL))
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"providers\":[{\"provider\":\"west\",\"status\":\"degraded\"");
        assertThat(get("/admin/usage?provider=west", LOCAL))
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"provider\":\"west\"")
                .contains("\"remaining_requests\":7")
                .contains("\"remaining_tokens\":null");
    }

    @Test
    void a_provider_nobody_has_is_told_with_those_that_exist() throws Exception {
        start(null);
        assertThat(get("/admin/usage?provider=wst", LOCAL))
                .startsWith("HTTP/1.1 400 ")
                .contains("There is no provider 'wst'. Known are west.");
        assertThat(get("/admin/usage?provder=west", LOCAL)).contains("Did you mean 'provider'?");
    }

    @Test
    void what_is_left_of_limits_is_told_replica_by_replica() throws Exception {
        start(null);
        assertThat(get("/admin/quota", LOCAL))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"headroom\":0.25")
                .contains("\"skew\":null")
                .contains("\"shares\":{\"admitted_here\":90,\"asked_store\":10,");
    }

    @Test
    void what_those_who_call_have_left_is_told_beside_it() throws Exception {
        start(null);
        assertThat(get("/admin/quota", LOCAL))
                .contains(
                        "\"warn_at\":0.8",
                        "\"rule\":\"each-agent\",\"owner\":\"agent\"",
                        "\"left_usd\":\"1\"",
                        "\"state\":\"warning\",\"price_weight\":2.6",
                        "\"limits_left_out\":3,\"limits_problem\":null");
    }

    private String get(String path, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\n" + headers + "connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode body(String answer) {
        byte[] json = answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
        return Json.tree(json, 0, json.length, "body");
    }

    @Test
    void the_fleet_is_shown_with_unknown_values_as_null() throws Exception {
        start(null);
        JsonNode fleet = body(get("/admin/fleet", LOCAL));
        assertThat(fleet.get("generation").asInt()).isEqualTo(41);
        JsonNode replica = fleet.at("/replicas/0");
        assertThat(replica.get("status").asText()).isEqualTo("degraded");
        assertThat(replica.get("circuit_until_millis").asInt()).isEqualTo(500);
        assertThat(replica.get("in_flight").asInt()).isEqualTo(2);
        assertThat(replica.get("limit").isNull()).isTrue();
        assertThat(replica.get("ttft_millis").asInt()).isEqualTo(620);
        assertThat(fleet.at("/models/0/status").asText()).isEqualTo("degraded");
        assertThat(fleet.get("overrides").toString())
                .isEqualTo("[{\"scope\":\"provider\",\"id\":\"west\",\"action\":\"phase\",\"value\":\"draining\","
                        + "\"author\":\"admin/ann\",\"reason\":\"slow\",\"until_millis\":90000}]");
    }

    @Test
    void configuration_and_metrics_are_shown_as_they_are_given() throws Exception {
        start(null);
        assertThat(body(get("/admin/config", LOCAL)).at("/providers/0/id").asText())
                .isEqualTo("west");
        String metrics = get("/metrics", LOCAL);
        assertThat(metrics).contains("content-type: text/plain; version=0.0.4").endsWith("tierway_up 1\n");
    }

    @Test
    void the_first_page_links_to_the_others() throws Exception {
        start(null);
        String page = get("/", LOCAL);
        assertThat(page).contains("text/html").contains("Tierway 1.2.3 &lt;x&gt;");
        List<String> gets = server.endpoints().stream()
                .filter(endpoint -> endpoint.startsWith("GET "))
                .toList();
        for (String endpoint : gets) {
            String path = endpoint.substring("GET ".length());
            assertThat(page).contains(path.equals("/") ? "<h1>" : "href=\"" + path + "\"");
            // The stream of events never ends.
            if (!path.equals("/admin/events")) {
                assertThat(get(path, LOCAL)).as(path).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8081", "[::1]:8081", "127.9.9.9"})
    void without_a_token_loopback_names_may_pass(String host) throws Exception {
        start(null);
        assertThat(get("/admin/fleet", "host: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8081", "10.0.0.1"})
    void without_a_token_a_web_page_of_another_name_may_not(String host) throws Exception {
        start(null);
        assertThat(get("/admin/config", "host: " + host + "\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("not_allowed");
    }

    @Test
    void with_a_token_only_who_has_it_may_pass() throws Exception {
        start(new AdminToken(SECRET));
        assertThat(get("/metrics", LOCAL)).startsWith("HTTP/1.1 401 ").contains("invalid_api_key");
        assertThat(get("/metrics", LOCAL + "authorization: Bearer wrong\r\n")).startsWith("HTTP/1.1 401 ");
        assertThat(get("/metrics", LOCAL + "authorization: " + SECRET + "\r\n")).startsWith("HTTP/1.1 401 ");
        String twice = "authorization: Bearer " + SECRET + "\r\nauthorization: Bearer wrong\r\n";
        assertThat(get("/metrics", LOCAL + twice)).startsWith("HTTP/1.1 401 ");
        String right = get("/metrics", "host: gateway.example\r\nauthorization: bearer " + SECRET + "\r\n");
        assertThat(right).startsWith("HTTP/1.1 200 ").doesNotContain(SECRET);
    }

    @Test
    void an_open_door_to_the_network_is_refused_at_the_start() throws Exception {
        start(null);
        for (String bind : List.of("0.0.0.0", "::", "192.168.1.5", "gateway.example")) {
            assertThatThrownBy(() -> new AdminSettings(bind, 8081, null, HttpLimits.DEFAULTS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bind)
                    .hasMessageContaining("auth.admin-token");
            assertThatThrownBy(() -> new AdminSettings(bind, 8081, new AdminToken(SECRET), HttpLimits.DEFAULTS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bind)
                    .hasMessageContaining("server.admin.tls");
            assertThat(new AdminSettings(bind, 8081, new AdminToken(SECRET), null, true, HttpLimits.DEFAULTS).bind())
                    .isEqualTo(bind);
            ServerTls tls = new ServerTls("cert.pem", "key.pem");
            assertThat(new AdminSettings(bind, 8081, new AdminToken(SECRET), tls, false, HttpLimits.DEFAULTS).tls())
                    .isEqualTo(tls);
        }
        assertThatThrownBy(() -> new AdminToken("short")).hasMessageContaining("16");
    }

    @Test
    void a_token_never_shows_itself() throws Exception {
        start(new AdminToken(SECRET));
        assertThat(new AdminSettings("0.0.0.0", 1, new AdminToken(SECRET), null, true, HttpLimits.DEFAULTS).toString())
                .doesNotContain(SECRET);
    }
}
