package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.bootstrap.Gateway;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are kept: over HTTP, and over the death of the process. */
@Timeout(180)
class CheckpointsIT {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();
    private SimulatedServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "sim", new ScriptBook(SimulatedScript.HEALTHY))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        started.forEach(Process::destroyForcibly);
        client.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private String config() {
        return """
            providers: [ { id: p, kind: openai-compatible, base-url: "%s" } ]
            models:
              - id: m
                tier: mid
                use-cases: [chat]
                capabilities: [tools]
                max-output-tokens: 1000
                replicas: [ { provider: p, price: { input: 1, output: 2 } } ]
            storage: { ledger: { store: sqlite, path: "%s" } }
            agents: { checkpoints: on }
            server: { port: 0, admin: { port: 0 } }
            """.formatted(server.baseUrl(), folder.resolve("tierway.db"));
    }

    private HttpResponse<String> post(Gateway gateway, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String body(String tierway, String more) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tierway\":{" + tierway + "}"
                + more + "}";
    }

    @Test
    void a_step_asked_again_over_http_costs_nothing_whole_or_streamed_and_a_stale_state_is_refused() throws Exception {
        try (Gateway gateway = Gateway.start(GatewayConfig.parse(config(), Map.of()))) {
            String step = "\"workflow\":\"w\",\"step\":\"s\",\"agent\":\"ann\"";
            HttpResponse<String> first = post(gateway, body(step, ""));
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);

            HttpResponse<String> again = post(gateway, body(step, ""));
            assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
            assertThat(again.headers().firstValue("x-tierway-cost-usd")).contains("0");
            assertThat(again.headers().firstValue("x-tierway-attempts")).contains("0");
            assertThat(again.headers().firstValue("x-tierway-warnings").orElse(""))
                    .contains("nothing was paid");
            HttpResponse<String> streamed = post(gateway, body(step, ",\"stream\":true"));
            assertThat(streamed.body()).contains("chat.completion.chunk").endsWith("data: [DONE]\n\n");
            assertThat(server.recorded()).hasSize(1);

            post(gateway, body("\"workflow\":\"w\",\"agent\":\"ann\",\"state\":{\"n\":1},\"state_version\":0", ""));
            HttpResponse<String> stale = post(
                    gateway, body("\"workflow\":\"w\",\"agent\":\"bob\",\"state\":{\"n\":2},\"state_version\":0", ""));
            assertThat(stale.statusCode()).isEqualTo(409);
            assertThat(stale.body()).contains("state_conflict", "version 1", "version 0");
            assertThat(gateway.tierway().workflows().state("w"))
                    .hasValueSatisfying(state -> assertThat(state.json()).isEqualTo("{\"n\":1}"));
            assertThat(gateway.tierway().resumePoint("w").lastStep()).isEqualTo("s");
        }
    }

    private Process program() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWorkflow.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        return process;
    }

    /** Everything it says, until that line or its end. */
    private static List<String> output(Process process, String until) throws Exception {
        List<String> lines = new ArrayList<>();
        // Not closed: that would stop it from writing.
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.equals(until)) {
                return lines;
            }
        }
        return lines;
    }

    @Test
    void a_workflow_whose_process_is_killed_in_the_middle_resumes_without_paying_or_doing_anything_twice()
            throws Exception {
        Files.writeString(folder.resolve("config.yaml"), config());
        Files.createFile(folder.resolve("hang"));
        Process killed = program();
        assertThat(output(killed, "hanging")).contains("used").endsWith("hanging");
        killed.destroyForcibly().waitFor();
        Files.delete(folder.resolve("hang"));
        assertThat(server.recorded())
                .as("plan, search, two of look, one of end")
                .hasSize(5);

        Process resumed = program();
        List<String> said = output(resumed, "end of output");
        assertThat(resumed.waitFor(90, TimeUnit.SECONDS)).isTrue();

        assertThat(server.recorded()).as("%s", said).hasSize(6);
        assertThat(Files.readAllLines(folder.resolve("notes")))
                .as("the tool that had ended isn't used again")
                .containsExactly("used", "hanging", "paid 1 resumed 8");
    }
}
