package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.adapter.providers.simulated.When;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases are run in order, so the n-th request is that of a known case: unary 1, stream 2, usage 3 and 4, … */
final class ConformanceIT {
    private static final long PATIENCE_SECONDS = 20;
    /** An answer takes long enough to be left in the middle. */
    private static final SimulatedScript SLOW = SimulatedScript.HEALTHY.latency(Duration.ZERO, Duration.ofMillis(5));

    private static final String HELLO = """
        {"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
         "message":{"role":"assistant","content":"hello"}}]}
        """;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private SimulatedServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "box", new ScriptBook(SLOW)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"openai-compatible, /v1", "anthropic, ''", "gemini, /v1"})
    void a_provider_that_does_as_it_should_passes_in_every_dialect(String kind, String path) throws Exception {
        configure(kind, "http://127.0.0.1:" + server.port() + path, "capabilities: [tools, json]");

        Terminal.Result result = new Terminal(folder).type("conformance --config my.yaml --format json");

        assertThat(result.status()).as(result.out()).isZero();
        assertThat(cases(result.json(), "pass"))
                .containsExactly(
                        "unary",
                        "stream",
                        "usage",
                        "long-input",
                        "json",
                        "tools",
                        "tools-streamed",
                        "errors",
                        "cancellation");
        assertThat(cases(result.json(), "not_applicable")).containsExactly("embeddings");
        assertThat(found(result.json(), "usage")).contains("unary reported", "streamed reported");
        assertThat(server.awaitAborted(1)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .aborted())
                .as("the call that was left is cancelled at the provider too")
                .isEqualTo(1);
    }

    @Test
    void it_says_beforehand_that_calls_may_be_billed_and_shows_a_table() throws Exception {
        configure("capabilities: [embeddings], use-cases: [embed], streaming: false");

        Terminal.Result result = new Terminal(folder).type("conformance --config my.yaml --replica box/m");

        assertThat(result.status()).as(result.out()).isZero();
        assertThat(result.err()).contains("1 replica gets up to 10 cases", "providers may bill them");
        assertThat(result.out())
                .contains("REPLICA", "n.a.", "the model only embeds", "2 of 16 dimensions")
                .endsWith("1 passed, 0 failed, 9 not applicable.\n");
        assertThat(server.counts().requests())
                .as("what isn't applicable isn't sent")
                .isEqualTo(1);
    }

    @Test
    void only_what_a_model_claims_is_asked_of_it() throws Exception {
        configure("streaming: false, context-window: 2000");

        Terminal.Result result = new Terminal(folder).type("conformance --config my.yaml --format json");

        assertThat(result.status()).as(result.out()).isZero();
        assertThat(cases(result.json(), "pass")).containsExactly("unary", "usage", "errors");
        assertThat(found(result.json(), "tools")).isEqualTo("the model doesn't claim tools");
        assertThat(found(result.json(), "stream")).isEqualTo("the model doesn't claim streaming");
        assertThat(found(result.json(), "long-input")).contains("window of 2000 tokens");
    }

    @Test
    void a_case_that_fails_says_why_and_harms_no_other() throws Exception {
        configure("capabilities: [tools, json, embeddings]");
        ScriptedFault truncated = ScriptedFault.of(SimulatedFault.TRUNCATED).at(Stage.MID_STREAM);
        ScriptedFault down = ScriptedFault.status(500);
        server.scripts().standard(SLOW.fault(truncated.on(When.nth(2))).fault(down.on(When.nth(5))));

        Terminal.Result result = new Terminal(folder).type("conformance --config my.yaml --format json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(cases(result.json(), "fail")).containsExactly("stream", "long-input");
        assertThat(cases(result.json(), "pass")).hasSize(8);
        assertThat(found(result.json(), "stream")).contains("[stream_broken]");
        assertThat(found(result.json(), "long-input")).contains("500", "[upstream_error]");
    }

    @Test
    void usage_that_nobody_reports_is_told_to_be_estimated() throws Exception {
        configure("streaming: true");
        server.scripts().standard(SLOW.fault(ScriptedFault.of(SimulatedFault.NO_USAGE)));

        Terminal.Result result = new Terminal(folder).type("conformance --config my.yaml --format json");

        assertThat(result.status()).as(result.out()).isZero();
        assertThat(found(result.json(), "usage")).contains("unary estimated", "streamed estimated");
        assertThat(found(result.json(), "long-input")).contains("input tokens aren't reported");
    }

    @Test
    void a_provider_that_falls_silent_fails_by_the_clock() throws Exception {
        configure("streaming: false, context-window: 2000");
        server.scripts().standard(SLOW.fault(ScriptedFault.of(SimulatedFault.STALL)));

        Terminal.Result result =
                new Terminal(folder).type("conformance --config my.yaml --timeout 300ms --format json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(cases(result.json(), "fail")).containsExactly("unary", "usage");
        assertThat(found(result.json(), "unary")).containsAnyOf("[upstream_timeout]", "[deadline_exceeded]");
        assertThat(cases(result.json(), "pass")).as("refused before it stalls").containsExactly("errors");
    }

    @Test
    void a_provider_that_says_hello_to_everything_fails_what_it_claims() throws Exception {
        HttpServer hello = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = HELLO.getBytes(StandardCharsets.UTF_8);
        hello.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        hello.start();
        try {
            configure(
                    "openai-compatible",
                    "http://127.0.0.1:" + hello.getAddress().getPort() + "/v1",
                    "capabilities: [tools, json, embeddings]");

            Terminal.Result result = new Terminal(folder).type("conformance --config my.yaml --format json");

            assertThat(result.status()).isEqualTo(1);
            assertThat(cases(result.json(), "fail"))
                    .containsExactly(
                            "stream", "usage", "json", "tools", "tools-streamed", "cancellation", "embeddings");
            assertThat(cases(result.json(), "pass")).containsExactly("unary", "long-input");
            assertThat(found(result.json(), "errors")).contains("even at temperature and top_p 99");
            assertThat(found(result.json(), "json")).isEqualTo("the answer is no JSON: hello");
            assertThat(found(result.json(), "tools")).contains("not called, though it had to be");
        } finally {
            hello.stop(0);
        }
    }

    @Test
    void what_can_not_be_checked_is_told_in_a_sentence() throws Exception {
        assertThat(new Terminal(folder).type("conformance").err()).contains("There is nothing to check");
        configure("streaming: true");

        Terminal.Result unknown = new Terminal(folder).type("conformance --config my.yaml --replica nobody");

        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("There is no replica 'nobody'; there are box/m.");
        assertThat(new Terminal(folder)
                        .type("conformance --config my.yaml --timeout 0s")
                        .status())
                .isEqualTo(2);
        assertThat(server.counts().requests()).isZero();
    }

    private void configure(String ofModel) throws IOException {
        configure("openai-compatible", server.baseUrl().toString(), ofModel);
    }

    private void configure(String kind, String url, String ofModel) throws IOException {
        String useCases = ofModel.contains("use-cases") ? "" : "use-cases: [chat], ";
        Files.writeString(folder.resolve("my.yaml"), """
            providers: [ { id: box, kind: %s, base-url: "%s", api-key: canary } ]
            models: [ { id: m, tier: small, %s%s, replicas: [ { provider: box } ] } ]
            """.formatted(kind, url, useCases, ofModel));
    }

    private static List<String> cases(JsonNode document, String verdict) {
        List<String> names = new ArrayList<>();
        for (JsonNode one : document.path("cases")) {
            if (one.path("verdict").asText().equals(verdict)) {
                names.add(one.path("case").asText());
            }
        }
        return names;
    }

    private static String found(JsonNode document, String name) {
        for (JsonNode one : document.path("cases")) {
            if (one.path("case").asText().equals(name)) {
                return one.path("found").asText();
            }
        }
        throw new AssertionError("no case " + name + " in " + document);
    }
}
