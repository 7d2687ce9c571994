package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.Tierway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is read again without anybody asking over HTTP: by a signal, and since the file has changed. */
class ReloadByItselfIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CONFIG = """
        providers: [ { id: %1$s, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } } ]
        models: [ { id: %1$s-model, tier: mid, use-cases: [chat], replicas: [ { provider: %1$s } ] } ]
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { reload: { watch: %2$s, every: 20ms } }
        """;

    @TempDir
    Path folder;

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.yield();
        }
    }

    private Path written(String provider, String watch) throws IOException {
        return Files.writeString(folder.resolve("tierway.yaml"), CONFIG.formatted(provider, watch));
    }

    @Test
    void a_watched_file_is_read_again_whenever_it_has_changed() throws Exception {
        try (Tierway tierway = Tierway.open(written("a", "on"))) {
            for (String next : new String[] {"b", "c"}) {
                written(next, "on");
                await(next, () -> tierway.models().getFirst().id().value().equals(next + "-model"));
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_hangup_has_the_file_read_again_and_ends_nothing() throws Exception {
        Path file = written("a", "off");
        try (GatewayProcess gateway = GatewayProcess.start(file);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest models = HttpRequest.newBuilder(URI.create(gateway.api() + "/models"))
                    .build();
            assertThat(client.send(models, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("a-model");
            written("b", "off");

            Process hangup = new ProcessBuilder(
                            "kill", "-HUP", Long.toString(gateway.process().pid()))
                    .start();
            assertThat(hangup.waitFor()).isZero();

            await(
                    "the new model is served",
                    () -> client.send(models, HttpResponse.BodyHandlers.ofString())
                            .body()
                            .contains("b-model"));
            assertThat(gateway.process().isAlive()).isTrue();
        }
    }
}
