package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.doctor.Finding;
import dev.tierway.bootstrap.cli.doctor.MachineCheck;
import dev.tierway.bootstrap.discovery.FoundModel;
import dev.tierway.bootstrap.discovery.FoundServer;
import dev.tierway.bootstrap.runtime.BuildInfo;
import dev.tierway.domain.catalogue.ModelTier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
    private static final BuildInfo BUILD = new BuildInfo("1", "abc", BUILT.toString(), false);

    @TempDir
    Path folder;

    @Test
    void a_configuration_that_works_passes() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write(server.getLocalPort(), "");

            Terminal.Result result = new Terminal(folder).type("doctor");

            assertThat(result.status()).isZero();
            assertThat(result.out())
                    .contains("1 providers, 1 models, 1 replicas", "127.0.0.1:" + server.getLocalPort() + " in ")
                    .contains("warn  no api-key", "in memory", "clock", "versions")
                    .endsWith("Nothing fails.\n");
        }
    }

    @Test
    void a_provider_nobody_reaches_fails() throws IOException {
        write(freePort(), "");

        Terminal.Result result = new Terminal(folder).type("doctor --format json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(finding(result.json(), "reachability").path("health").asText())
                .isEqualTo("fail");
        assertThat(finding(result.json(), "reachability").path("found").asText())
                .contains("start the server, or check base-url");
    }

    @Test
    void a_host_that_does_not_exist_fails() throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), config("http://nobody.invalid/v1", ""));

        Terminal.Result result = new Terminal(folder).type("doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("nobody.invalid:80", "fail");
    }

    private static FoundServer ollama(int port) {
        return new FoundServer(
                "ollama",
                URI.create("http://127.0.0.1:" + port),
                List.of(new FoundModel("qwen3:8b", ModelTier.SMALL, 40960, Set.of(), false)));
    }

    @Test
    void servers_on_this_machine_are_listed_with_who_uses_them() throws IOException {
        int port = freePort();
        write(port, "");

        assertThat(new Terminal(folder).beside(ollama(port)).type("doctor").out())
                .contains("127.0.0.1:" + port + " serves qwen3:8b; the configuration uses it as '");
        assertThat(new Terminal(folder).beside(ollama(port + 1)).type("doctor").out())
                .contains("the configuration doesn't use it: `tierway init`");
        JsonNode none = new Terminal(folder).type("doctor --format json").json();
        assertThat(finding(none, "local").path("found").asText()).startsWith("no server of models");
    }

    @Test
    void they_are_listed_without_a_configuration_that_can_be_used_too() throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), "providers: 7\n");

        assertThat(new Terminal(folder).beside(ollama(11434)).type("doctor").out())
                .contains("127.0.0.1:11434 serves qwen3:8b");
    }

    @Test
    void a_broken_configuration_fails_with_every_problem() throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), "providers: 7\nmodels: 8\n");

        Terminal.Result result = new Terminal(folder).type("doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("tierway.yaml:1:", "tierway.yaml:2:", "versions");
    }

    @Test
    void no_configuration_at_all_fails_and_says_how_to_begin() {
        Terminal.Result result = new Terminal(folder).type("doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("There is nothing to serve", "tierway init");
    }

    @Test
    void a_ledger_that_can_not_be_kept_fails_and_nothing_is_created() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        write(freePort(), "storage: { ledger: { store: sqlite, path: file/tierway.db } }\n");

        Terminal.Result result = new Terminal(folder).type("doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("can't be created");
    }

    @Test
    void a_ledger_that_is_not_there_yet_will_be_created_later() throws IOException {
        write(freePort(), "storage: { ledger: { store: sqlite, path: data/tierway.db } }\n");

        Terminal.Result result = new Terminal(folder).type("doctor");

        assertThat(result.out()).contains("data/tierway.db will be created");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_server_of_shared_limits_that_is_silent_fails_without_its_password() throws IOException {
        write(
                freePort(),
                "storage: { quota: { store: redis, url: \"redis://:canary@127.0.0.1:" + freePort() + "\" } }\n");

        Terminal.Result result = new Terminal(folder).type("doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("Redis at 127.0.0.1:", "not connected")
                .doesNotContain("canary");
    }

    @Test
    void a_clock_before_the_build_fails_and_one_long_after_it_is_doubtful() {
        assertThat(clock("2025-12-01T00:00:00Z")).isEqualTo(Finding.Health.FAIL);
        assertThat(clock("2026-06-01T00:00:00Z")).isEqualTo(Finding.Health.OK);
        assertThat(clock("2040-01-01T00:00:00Z")).isEqualTo(Finding.Health.WARN);
    }

    private static Finding.Health clock(String now) {
        return MachineCheck.of(Instant.parse(now), BUILD).getFirst().health();
    }

    private static JsonNode finding(JsonNode findings, String check) {
        return StreamSupport.stream(findings.spliterator(), false)
                .filter(one -> one.path("check").asText().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private void write(int port, String more) throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), config("http://127.0.0.1:" + port + "/v1", more));
    }

    private static String config(String url, String more) {
        return """
            providers:
              - { id: box, kind: openai-compatible, base-url: "%s" }
            models:
              - { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: box } ] }
            """.formatted(url) + more;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
