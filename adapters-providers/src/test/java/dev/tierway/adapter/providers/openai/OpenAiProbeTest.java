package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.FullBacklog;
import dev.tierway.adapter.providers.ProbeSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.simulated.RecordedRequest;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.port.out.ReplicaProbe;
import dev.tierway.domain.fleet.ProbeResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers that live, die, stall and babble look like to a probe. Over real sockets. */
class OpenAiProbeTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(150);
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static ReplicaProbe probe(URI url, String path, Duration timeout) {
        ProviderSettings settings = ProviderSettings.of(
                Attempts.PROVIDER, OpenAiTransportFactory.OPENAI_COMPATIBLE, url, new Secret("canary-7f3a9-secret"));
        return new OpenAiTransportFactory(vertx)
                .probe(settings, new ProbeSettings(path, timeout))
                .orElseThrow();
    }

    private static ProbeResult look(URI url, String path, Duration timeout) throws Exception {
        try (ReplicaProbe probe = probe(url, path, timeout)) {
            return await(probe.probe(Attempts.replica()));
        }
    }

    private static ProbeResult await(CompletionStage<ProbeResult> looking) throws Exception {
        return looking.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static ProbeResult answered(String reply) throws Exception {
        try (RawServer server = new RawServer(vertx, RawServer.answering(reply))) {
            return look(server.url("http"), null, PATIENT);
        }
    }

    private static String reply(String status, String body) {
        return "HTTP/1.1 " + status + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static SimulatedServer server() throws Exception {
        return SimulatedServer.start(vertx, "box", new ScriptBook(SimulatedScript.HEALTHY))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void the_list_of_models_is_asked_for_with_the_key_and_nothing_else_is() throws Exception {
        try (SimulatedServer server = server()) {
            server.scripts().of(Attempts.UPSTREAM_MODEL, SimulatedScript.HEALTHY);

            assertThat(look(server.baseUrl(), null, PATIENT)).isEqualTo(ProbeResult.ALIVE);

            assertThat(server.recorded()).hasSize(1);
            RecordedRequest asked = server.recorded().getFirst();
            assertThat(asked.method() + " " + asked.path()).isEqualTo("GET /v1/models");
            assertThat(asked.headers()).containsEntry("authorization", "Bearer canary-7f3a9-secret");
            assertThat(asked.body()).isEmpty();
            assertThat(server.counts().inputTokens() + server.counts().outputTokens())
                    .isZero();
        }
    }

    @Test
    void a_list_without_the_model_is_told_and_is_no_death() throws Exception {
        try (SimulatedServer server = server()) {
            server.scripts().of("another", SimulatedScript.HEALTHY);

            assertThat(look(server.baseUrl(), null, PATIENT)).isEqualTo(ProbeResult.MODEL_NOT_LISTED);
        }
    }

    @ParameterizedTest
    @CsvSource({"health, /v1/health", "/health, /health", "/api/tags, /api/tags"})
    void a_path_begins_at_the_base_url_or_with_a_slash_at_the_servers_root(String path, String asked) throws Exception {
        try (SimulatedServer server = server()) {
            assertThat(look(server.baseUrl(), path, PATIENT))
                    .as("this server has no such path")
                    .isEqualTo(ProbeResult.INCONCLUSIVE);
            assertThat(server.recorded().getFirst().path()).isEqualTo(asked);
        }
    }

    @Test
    void a_dead_server_is_unreachable_and_alive_once_it_is_back() throws Exception {
        try (SimulatedServer server = server()) {
            server.scripts().of(Attempts.UPSTREAM_MODEL, SimulatedScript.HEALTHY);
            try (ReplicaProbe probe = probe(server.baseUrl(), null, PATIENT)) {
                assertThat(await(probe.probe(Attempts.replica()))).isEqualTo(ProbeResult.ALIVE);
                server.refuseConnections().get(30, TimeUnit.SECONDS);
                assertThat(await(probe.probe(Attempts.replica())).dead()).isTrue();
                assertThat(await(probe.probe(Attempts.replica()))).isEqualTo(ProbeResult.UNREACHABLE);
                server.acceptConnections().get(30, TimeUnit.SECONDS);
                assertThat(await(probe.probe(Attempts.replica()))).isEqualTo(ProbeResult.ALIVE);
            }
        }
    }

    @Test
    void a_host_that_does_not_exist_is_unreachable() throws Exception {
        assertThat(look(URI.create("http://no-such-host.invalid/v1"), null, PATIENT))
                .isEqualTo(ProbeResult.UNREACHABLE);
    }

    @Test
    void a_connection_that_does_not_come_about_in_time_is_unreachable() throws Exception {
        try (FullBacklog backlog = new FullBacklog()) {
            assertThat(look(backlog.url(), null, SHORT)).isEqualTo(ProbeResult.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
            })
    void an_answer_that_is_not_whole_in_time_is_a_timeout(String begun) throws Exception {
        try (RawServer server =
                new RawServer(vertx, socket -> socket.handler(request -> socket.write(Buffer.buffer(begun))))) {
            assertThat(look(server.url("http"), null, SHORT)).isEqualTo(ProbeResult.TIMED_OUT);
            server.awaitClosed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200 OK, ALIVE",
        "204 No Content, ALIVE",
        "401 Unauthorized, ALIVE",
        "402 Payment Required, ALIVE",
        "403 Forbidden, ALIVE",
        "429 Too Many Requests, ALIVE",
        "400 Bad Request, INCONCLUSIVE",
        "404 Not Found, INCONCLUSIVE",
        "405 Method Not Allowed, INCONCLUSIVE",
        "500 Internal Server Error, FAULTY",
        "502 Bad Gateway, FAULTY",
        "503 Service Unavailable, FAULTY"
    })
    void what_a_status_says(String status, ProbeResult result) throws Exception {
        assertThat(answered(reply(status, ""))).isEqualTo(result);
    }

    @Test
    void a_redirect_is_not_followed_and_tells_nothing() throws Exception {
        try (SimulatedServer elsewhere = server();
                RawServer server = new RawServer(
                        vertx,
                        RawServer.answering("HTTP/1.1 302 Found\r\nlocation: " + elsewhere.baseUrl()
                                + "/models\r\ncontent-length: 0\r\n\r\n"))) {
            assertThat(look(server.url("http"), null, PATIENT)).isEqualTo(ProbeResult.INCONCLUSIVE);
            assertThat(elsewhere.recorded()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok",
                "",
                "{",
                "{}",
                "[]",
                "null",
                "{\"data\":{}}",
                "{\"status\":\"ok\"}",
                "{\"data\":[{\"id\":\"x\"},{\"id\":\"upstream-model\"}]}",
                "{\"data\":[{\"id\":\"upstream-model:latest\"}]}"
            })
    void whatever_says_nothing_of_models_or_names_ours_is_alive(String body) throws Exception {
        assertThat(answered(reply("200 OK", body))).isEqualTo(ProbeResult.ALIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[]}", "{\"data\":[{\"id\":\"upstream\"}]}", "{\"data\":[1,null,{}]}"})
    void a_list_of_others_lacks_ours(String body) throws Exception {
        assertThat(answered(reply("200 OK", body))).isEqualTo(ProbeResult.MODEL_NOT_LISTED);
    }

    @Test
    void what_is_no_http_or_breaks_off_is_faulty() throws Exception {
        assertThat(answered("SSH-2.0-OpenSSH\r\n\r\n")).isEqualTo(ProbeResult.FAULTY);
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    socket.write(Buffer.buffer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"));
                    socket.end();
                }))) {
            assertThat(look(server.url("http"), null, PATIENT)).isEqualTo(ProbeResult.FAULTY);
        }
    }

    @Test
    void a_body_without_end_is_not_read_to_the_end() throws Exception {
        String much = "x".repeat(64 << 10);
        try (RawServer server = new RawServer(vertx, socket -> {
            socket.handler(request -> {
                socket.write("HTTP/1.1 200 OK\r\n\r\n");
                for (int i = 0; i < 16; i++) {
                    socket.write(much);
                }
            });
        })) {
            assertThat(look(server.url("http"), null, PATIENT)).isEqualTo(ProbeResult.ALIVE);
            server.awaitClosed();
        }
    }

    @Test
    void closing_says_nothing_of_the_servers_still_looked_at() throws Exception {
        try (RawServer server = new RawServer(vertx, socket -> {})) {
            ReplicaProbe probe = probe(server.url("http"), null, PATIENT);
            CompletionStage<ProbeResult> looking = probe.probe(Attempts.replica());
            probe.close();
            assertThat(await(looking)).isEqualTo(ProbeResult.INCONCLUSIVE);
            assertThat(await(probe.probe(Attempts.replica()))).isEqualTo(ProbeResult.INCONCLUSIVE);
        }
    }

    @Test
    void a_server_without_an_address_can_not_be_looked_at() {
        assertThatThrownBy(() -> probe(null, null, PATIENT)).hasMessageContaining("needs a base-url");
    }
}
