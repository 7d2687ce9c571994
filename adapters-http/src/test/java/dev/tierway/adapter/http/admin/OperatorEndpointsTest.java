package dev.tierway.adapter.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.FakeKeys;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException.Details;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.port.in.OperatorCommand;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Operators' actions over HTTP, on real sockets. */
class OperatorEndpointsTest {
    private static final String SECRET = "0123456789-canary-token";
    private static final String JSON = "content-type: application/json\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final FakeOperateFleet fleet = new FakeOperateFleet();
    private final FakeKeys keys = new FakeKeys();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        start(null);
    }

    private void start(AdminToken token) throws Exception {
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
        server = new AdminServer(vertx, new AdminSettings("127.0.0.1", 0, token, HttpLimits.DEFAULTS), ports);
        server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private String post(String path, String body) throws IOException {
        return post(path, body, JSON);
    }

    private String post(String path, String body, String headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(
                "POST " + path + " HTTP/1.1\r\nhost: localhost\r\n" + headers + "content-length: " + bytes.length
                        + "\r\nconnection: close\r\n\r\n",
                bytes);
    }

    private String send(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String answer) {
        byte[] json = answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
        return Json.tree(json, 0, json.length, "body");
    }

    @Test
    void a_provider_is_drained_with_reason_and_end() throws Exception {
        String answer = post(
                "/admin/phase",
                "{\"provider\": \"west\", \"phase\": \"draining\", \"for\": \"30m\", \"reason\": \"slow tonight\","
                        + " \"author\": \"ann\"}");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(fleet.ordered)
                .containsExactly(new OperatorCommand(
                        Scope.provider("west"),
                        OperatorOrder.parse("phase", "draining"),
                        Duration.ofMinutes(30),
                        "slow tonight",
                        "local/ann"));
        JsonNode receipt = json(answer);
        assertThat(receipt.at("/action/value").asText()).isEqualTo("draining");
        assertThat(receipt.at("/action/until").asText()).isEqualTo("2026-01-31T03:30:00Z");
        assertThat(receipt.at("/replicas/0/marked_unhealthy").asBoolean()).isFalse();
        assertThat(receipt.at("/warnings/0").asText()).contains("no replica left");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/admin/phase | {\"replica\":\"west/gpt-x\",\"phase\":\"standby\"} | REPLICA | west/gpt-x | standby",
                "/admin/phase | {\"model\":\"gpt-x\",\"phase\":\"active\",\"for\":\"2h\"} | MODEL | gpt-x | active",
                "/admin/phase | {\"quota_domain\":\"org\",\"phase\":\"configured\",\"for\":null} | QUOTA_DOMAIN | org"
                        + " | configured",
                "/admin/mark | {\"provider\":\"west\",\"mark\":\"unhealthy\",\"for\":\"7d\"} | PROVIDER | west |"
                        + " unhealthy",
                "/admin/mark | {\"provider\":\"west\",\"mark\":\"healthy\"} | PROVIDER | west | healthy",
                "/admin/circuit | {\"replica\":\"west/gpt-x\",\"action\":\"reset\"} | REPLICA | west/gpt-x | reset",
                "/admin/rule | {\"rule\":\"eu\",\"enabled\":false,\"for\":\"2h\"} | RULE | eu | disabled",
                "/admin/rule | {\"rule\":\"eu\",\"enabled\":true} | RULE | eu | enabled",
                "/admin/route | {\"route\":\"gpt-*\",\"enabled\":false,\"for\":\"2h\"} | ROUTE | gpt-* | disabled",
                "/admin/route | {\"route\":\"fast\",\"enabled\":true} | ROUTE | fast | enabled",
                "/admin/strategy | {\"strategy\":\"cost\",\"for\":\"2h\"} | GATEWAY | all | cost",
                "/admin/strategy | {\"strategy\":\"configured\"} | GATEWAY | all | configured"
            })
    void every_order_is_understood(String path, String body, Scope.Level level, String id, String value)
            throws Exception {
        assertThat(post(path, body)).startsWith("HTTP/1.1 200 ");

        OperatorCommand command = fleet.ordered.getFirst();
        assertThat(command.scope()).isEqualTo(new Scope(level, id));
        assertThat(command.order().value()).isEqualTo(value);
        assertThat(command.author()).isEqualTo("local");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/admin/phase | {\"provider\":\"west\",\"phase\":\"drained\"} | phase | none of active, standby,"
                        + " draining",
                "/admin/phase | {\"provider\":\"west\"} | phase | say which",
                "/admin/phase | {\"provider\":\"west\",\"phase\":1} | phase | must be a string",
                "/admin/phase | {\"provider\":\"west\",\"phase\":\"active\",\"fr\":\"1m\"} | fr | Did you mean"
                        + " 'for'?",
                "/admin/phase | {\"provider\":\"west\",\"phase\":\"active\",\"for\":\"soon\"} | for | no length of"
                        + " time like 30m",
                "/admin/phase | {\"provider\":\"west\",\"phase\":\"active\",\"for\":\"-1m\"} | for | no length of time",
                "/admin/phase | {\"provider\":\"west\",\"phase\":\"active\",\"for\":30} | for | must be a string",
                "/admin/phase | {\"phase\":\"active\"} | null | exactly one of replica, model, quota_domain, provider",
                "/admin/phase | {\"provider\":\"west\",\"model\":\"m\",\"phase\":\"active\"} | null | not model and"
                        + " provider",
                "/admin/phase | {\"provider\":\"No Such\",\"phase\":\"active\"} | provider | not a valid provider id",
                "/admin/phase | {\"provider\":\"a\",\"provider\":\"b\",\"phase\":\"active\"} | null | isn't JSON",
                "/admin/phase | {\"provider\":\"a\",\"phase\":\"active\"} {} | null | isn't JSON",
                "/admin/phase | [] | null | one JSON object",
                "/admin/phase | '' | null | one JSON object",
                "/admin/phase | {\"provider\": | null | isn't JSON",
                "/admin/mark | {\"provider\":\"west\",\"mark\":\"sick\"} | mark | none of healthy, unhealthy",
                "/admin/circuit | {\"provider\":\"west\",\"action\":\"open\"} | action | none of reset",
                "/admin/circuit | {\"provider\":\"west\",\"action\":\"reset\",\"for\":\"1m\"} | for | There is no"
                        + " member 'for'",
                "/admin/phase | {\"rule\":\"eu\",\"phase\":\"active\"} | rule | There is no member 'rule'",
                "/admin/rule | {\"enabled\":true} | rule | say which",
                "/admin/rule | {\"rule\":\"\",\"enabled\":true} | rule | 1 to 200 characters",
                "/admin/rule | {\"rule\":7,\"enabled\":true} | rule | must be a string",
                "/admin/route | {\"rule\":\"eu\",\"enabled\":true} | rule | There is no member 'rule'",
                "/admin/route | {\"enabled\":true} | route | say which",
                "/admin/route | {\"route\":\"eu\"} | enabled | must be true or false",
                "/admin/rule | {\"rule\":\"eu\"} | enabled | must be true or false",
                "/admin/rule | {\"rule\":\"eu\",\"enabled\":\"no\"} | enabled | must be true or false",
                "/admin/rule | {\"rule\":\"eu\",\"provider\":\"west\",\"enabled\":true} | provider | There is no"
                        + " member",
                "/admin/rule | {\"rule\":\"eu\",\"enabld\":true} | enabld | Did you mean 'enabled'?",
                "/admin/strategy | {} | strategy | say which",
                "/admin/strategy | {\"strategy\":[\"cost\"]} | strategy | must be a string",
                "/admin/strategy | {\"strategy\":\"the best\"} | strategy | not a valid strategy id",
                "/admin/strategy | {\"strategy\":\"cost\",\"model\":\"m\"} | model | There is no member 'model'",
                "/admin/strategy | [\"cost\"] | null | one JSON object"
            })
    void a_bad_body_orders_nothing_and_is_told_what_is_wrong(String path, String body, String param, String words)
            throws Exception {
        String answer = post(path, body);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        JsonNode error = json(answer).path("error");
        assertThat(error.path("code").asText()).isEqualTo("invalid_request");
        assertThat(error.path("param").asText()).isEqualTo(param);
        assertThat(error.path("message").asText()).contains(words);
        assertThat(fleet.ordered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "content-type: text/plain\r\n",
                "content-type: application/x-www-form-urlencoded\r\n",
                "content-type: multipart/form-data\r\n"
            })
    void a_body_a_web_page_could_send_is_not_taken(String header) throws Exception {
        assertThat(post("/admin/phase", "{\"provider\":\"west\",\"phase\":\"draining\"}", header))
                .startsWith("HTTP/1.1 415 ");
        assertThat(fleet.ordered).isEmpty();
    }

    @Test
    void a_large_body_is_not_taken() throws Exception {
        String large = "{\"provider\":\"west\",\"phase\":\"draining\",\"reason\":\"" + "x".repeat(16 << 10) + "\"}";

        assertThat(post("/admin/phase", large)).startsWith("HTTP/1.1 413 ");
        assertThat(fleet.ordered).isEmpty();
    }

    @Test
    void orders_are_posted_not_got() throws Exception {
        String head = "GET /admin/phase HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

        assertThat(send(head, new byte[0])).startsWith("HTTP/1.1 405 ").contains("allow: POST");
    }

    @Test
    void what_the_use_case_refuses_is_answered_as_it_says() throws Exception {
        fleet.refusal = new InvalidRequestException(
                Details.of(400, "invalid_request", "There is no provider 'wets'. Did you mean 'west'? "));
        assertThat(post("/admin/phase", "{\"provider\":\"wets\",\"phase\":\"draining\"}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Did you mean 'west'?");
    }

    @Test
    void an_order_that_was_not_stored_is_answered_503() throws Exception {
        fleet.failure =
                new OverloadedException(new Details("not confirmed", 503, "store_unavailable", true, null, null));

        assertThat(post("/admin/mark", "{\"model\":\"m\",\"mark\":\"unhealthy\"}"))
                .startsWith("HTTP/1.1 503 ")
                .contains("\"code\":\"store_unavailable\"")
                .doesNotContain("x-should-retry: false");
    }

    @Test
    void actions_in_force_and_lately_are_listed() throws Exception {
        post("/admin/phase", "{\"provider\":\"west\",\"phase\":\"draining\"}");
        String head = "GET /admin/actions?limit=5 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

        JsonNode actions = json(send(head, new byte[0]));

        assertThat(actions.at("/in_force/0/id").asText()).isEqualTo("west");
        assertThat(actions.get("recent").isArray()).isTrue();
        assertThat(fleet.recent).isEqualTo(5);
        assertThat(send(head.replace("5", "1001"), new byte[0])).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void with_a_token_only_who_has_it_may_order_and_is_told_apart() throws Exception {
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        start(new AdminToken(SECRET));
        String body = "{\"provider\":\"west\",\"phase\":\"draining\",\"author\":\"ann\"}";
        assertThat(post("/admin/phase", body)).startsWith("HTTP/1.1 401 ");
        assertThat(fleet.ordered).isEmpty();

        String right = post("/admin/phase", body, JSON + "authorization: Bearer " + SECRET + "\r\n");

        assertThat(right).startsWith("HTTP/1.1 200 ").doesNotContain(SECRET);
        assertThat(fleet.ordered).extracting(OperatorCommand::author).containsExactly("admin/ann");
    }

    @Test
    void without_a_token_a_web_page_of_another_name_orders_nothing() throws Exception {
        String body = "{\"provider\":\"west\",\"phase\":\"draining\"}";
        String head = "POST /admin/phase HTTP/1.1\r\nhost: evil.example\r\n" + JSON + "content-length: " + body.length()
                + "\r\nconnection: close\r\n\r\n";

        assertThat(send(head, body.getBytes(StandardCharsets.UTF_8))).startsWith("HTTP/1.1 403 ");
        assertThat(fleet.ordered).isEmpty();
    }
}
