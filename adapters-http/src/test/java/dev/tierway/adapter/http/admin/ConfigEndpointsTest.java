package dev.tierway.adapter.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.FakeKeys;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.event.EventBus;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another configuration, ordered over the admin port. */
class ConfigEndpointsTest {
    private final Vertx vertx = Vertx.vertx();
    private final FakeReconfigure gateway = new FakeReconfigure();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        AdminPorts ports = new AdminPorts(
                new NoFleet(),
                FakeLimits.NONE,
                new FakeAgents(),
                List::of,
                new FakeHistory(),
                new FakeOperateFleet(),
                new EventBus((name, thrown) -> {}),
                gateway,
                Map::of,
                () -> "",
                "1",
                System::nanoTime,
                () -> FakeHistory.NOW,
                () -> 7,
                new FakeKeys(),
                new FakeKeys());
        server = new AdminServer(vertx, new AdminSettings("127.0.0.1", 0, null, HttpLimits.DEFAULTS), ports);
        server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                request(path)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.document(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_reload_says_what_has_changed() throws Exception {
        gateway.outcome = new ConfigOutcome.Applied(42, 41, List.of("server.port: 1 -> 2"), List.of("mind"));

        HttpResponse<String> answer = post("/admin/config/reload", "{\"reason\":\"a key\",\"author\":\"ann\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"outcome\":\"applied\",\"generation\":42,\"before\":41,"
                        + "\"changes\":[\"server.port: 1 -> 2\"],\"warnings\":[\"mind\"]}");
        assertThat(gateway.reloads).containsExactly(new ConfigOrder(ConfigOrder.Origin.ADMIN, "local/ann", "a key"));
    }

    @Test
    void the_same_file_is_no_change() throws Exception {
        assertThat(post("/admin/config/reload", "{}").body()).isEqualTo("{\"outcome\":\"unchanged\",\"generation\":1}");
    }

    @ParameterizedTest
    @CsvSource({"INVALID, 422, invalid_config", "NO_FILE, 409, no_config_file", "NOT_KEPT, 409, config_not_kept"})
    void a_refusal_is_an_error_with_every_problem(ConfigOutcome.Kind kind, int status, String code) throws Exception {
        gateway.outcome = new ConfigOutcome.Refused(7, kind, List.of("one thing", "another"));

        HttpResponse<String> answer = post("/admin/config/rollback", "{\"to\":3}");

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode json = json(answer);
        assertThat(json.at("/error/code").asText()).isEqualTo(code);
        assertThat(json.at("/error/message").asText())
                .contains("Nothing has changed", "generation 7", "one thing\nanother");
        assertThat(json.path("problems")).hasSize(2);
        assertThat(gateway.rollbacks).containsExactly(3L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/admin/config/reload|{'providers':[]}|read from there",
                "/admin/config/reload|{'to':3}|There is no member 'to'",
                "/admin/config/reload|[]|one JSON object",
                "/admin/config/reload|{'author':7}|author: must be a string",
                "/admin/config/rollback|{}|name the generation",
                "/admin/config/rollback|{'to':0}|name the generation",
                "/admin/config/rollback|{'to':1.5}|name the generation",
                "/admin/config/rollback|{'to':'3'}|name the generation"
            })
    void no_configuration_comes_in_and_nothing_is_passed_over(String path, String body, String words) throws Exception {
        HttpResponse<String> answer = post(path, body.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).contains(words);
        assertThat(gateway.reloads).isEmpty();
    }

    @Test
    void the_history_is_told_as_it_was_kept() throws Exception {
        gateway.kept.add(new ConfigGeneration(
                2,
                0,
                new ConfigOrder(ConfigOrder.Origin.SIGHUP, "sighup", null),
                "gw-1",
                1L,
                "abc",
                "/etc/t.yaml",
                "{\"models\":[{\"id\":\"m\"}]}",
                "a secret"));
        gateway.kept.add(new ConfigGeneration(
                1, 0, ConfigOrder.of(ConfigOrder.Origin.START), "gw-1", null, "def", null, null, null));

        JsonNode told = json(http.send(request("/admin/config/history").build(), HttpResponse.BodyHandlers.ofString()));

        assertThat(told.at("/generations/0").toString())
                .isEqualTo(
                        "{\"generation\":2,\"at\":\"1970-01-01T00:00:00Z\",\"origin\":\"sighup\",\"author\":\"sighup\","
                            + "\"reason\":null,\"instance\":\"gw-1\",\"rollback_to\":1,\"hash\":\"abc\",\"file\":\"/etc/t.yaml\",\"incomplete\":\"a"
                            + " secret\",\"config\":{\"models\":[{\"id\":\"m\"}]}}");
        assertThat(told.at("/generations/1/config").isNull()).isTrue();
        assertThat(json(http.send(
                                request("/admin/config/history?limit=1").build(), HttpResponse.BodyHandlers.ofString()))
                        .path("generations"))
                .hasSize(1);
    }
}
