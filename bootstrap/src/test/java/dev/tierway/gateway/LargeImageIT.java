package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large image goes through as the bytes it came as, in a heap that has room for it twice: once as it came, once as it
 * leaves. That heap is what the gateway lives on without it, as measured after a small call, and twice the image.
 */
class LargeImageIT {
    private static final int IMAGE_BYTES = 10 * 1024 * 1024;
    private static final int MEGABYTE = 1024 * 1024;
    /** What is collected only later, and what a collector can't fill: of a heap, as a share of what lives in it. */
    private static final double SLACK = 1.5;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer server;
    private Path config;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "own", new ScriptBook(SimulatedScript.HEALTHY.text("seen")))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        config = Files.writeString(folder.resolve("tierway.yaml"), """
            providers: [{ id: own, kind: openai-compatible, base-url: "%s" }]
            models:
              - id: n
                tier: mid
                use-cases: [chat, vision]
                capabilities: [vision]
                replicas: [{ provider: own, upstream-model: n }]
            storage: { ledger: { store: memory }, quota: { store: memory } }
            """.formatted(server.baseUrl()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private HttpResponse<String> ask(GatewayProcess gateway, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(gateway.api().resolve("/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] body(int imageBytes) {
        byte[] image = new byte[imageBytes / 4 * 3];
        new Random(7).nextBytes(image);
        return ("{\"model\":\"n\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                        + "{\"url\":\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(image) + "\"}}]}]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** What lives in the heap of a gateway that has answered a small call, in bytes. */
    private long baseline() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(config, 256)) {
            assertThat(ask(gateway, body(4)).statusCode()).isEqualTo(200);
            jcmd(gateway, "GC.run");
            long kilobytes = 0;
            for (String line : jcmd(gateway, "GC.class_histogram").lines().toList()) {
                if (line.startsWith("Total")) {
                    kilobytes = Long.parseLong(line.strip().split("\\s+")[2]) / 1024;
                }
            }
            assertThat(kilobytes).isPositive();
            return kilobytes * 1024;
        }
    }

    private static String jcmd(GatewayProcess gateway, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(gateway.process().pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void it_passes_byte_for_byte_through_a_heap_with_room_for_it_twice() throws Exception {
        byte[] body = body(IMAGE_BYTES);
        long heap = (long) Math.ceil((baseline() * SLACK + 2.0 * IMAGE_BYTES) / MEGABYTE);
        try (GatewayProcess gateway = GatewayProcess.start(config, heap)) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> reply = ask(gateway, body);
                assertThat(reply.statusCode())
                        .as("in " + heap + " MB: " + reply.body())
                        .isEqualTo(200);
                assertThat(reply.body()).contains("seen");
            }
        }
        assertThat(server.recorded().getLast().body()).hasSize(body.length);
        assertThat(hash(server.recorded().getLast().body())).isEqualTo(hash(body));
    }
}
