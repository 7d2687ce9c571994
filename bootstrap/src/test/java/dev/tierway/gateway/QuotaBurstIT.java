package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/**
 * Gateway processes that share a limit of 100 requests a day, under 500 calls at once: no more than 100 are admitted, and what
 * is refused consumes nothing. The processes start anew with a limit of 150: exactly 50 more must fit.
 */
class QuotaBurstIT {
    private static final int CALLS = 500;
    private static final int[] INSTANCES = Pattern.compile(",")
            .splitAsStream(System.getProperty("tierway.burst.instances", "2"))
            .mapToInt(Integer::parseInt)
            .toArray();
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, quota-domain: org, simulated: { ttft: 0ms, per-token: 0ms } }
        quota-domains: [ { id: org, requests-per-day: %d } ]
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        storage: %s
        """;
    private static final String BODY = """
        {"model": "writer", "max_tokens": 5, "messages": [{"role": "user", "content": "hello"}]}\
        """;

    @TempDir
    Path folder;

    @Test
    void one_gateway_with_the_embedded_store() throws Exception {
        String storage = "{ ledger: { store: sqlite, path: \"%s\" } }".formatted(folder.resolve("tierway.db"));
        burst("embedded", storage, 1);
    }

    @Test
    void several_gateways_on_one_redis() throws Exception {
        for (int instances : INSTANCES) {
            RedisServer server = RedisServer.newRedisServer()
                    .port(freePort())
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            try {
                String url = "redis://127.0.0.1:" + server.ports().getFirst();
                burst("redis", "{ quota: { store: redis, url: \"%s\", timeout: 20s } }".formatted(url), instances);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void several_gateways_on_one_postgresql() throws Exception {
        for (int instances : INSTANCES) {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start()) {
                String url = "postgresql://localhost:" + server.getPort() + "/postgres";
                burst(
                        "postgresql",
                        "{ quota: { store: postgresql, url: \"%s\", user: postgres, timeout: 20s } }".formatted(url),
                        instances);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void burst(String store, String storage, int instances) throws Exception {
        Map<Integer, Long> first = calls(storage, instances, 100);
        assertThat(first.get(200)).as("admitted of 100, %s", first).isEqualTo(100);
        assertThat(first.get(429)).as("refused, %s", first).isEqualTo(CALLS - 100);
        Map<Integer, Long> second = calls(storage, instances, 150);
        assertThat(second.get(200))
                .as("what refused calls left of 150, %s", second)
                .isEqualTo(50);
        System.out.printf(
                "| %s | %d | %d | %d | %d | %d |%n",
                store, instances, CALLS, first.get(200), first.get(429), second.get(200));
    }

    /** How many calls ended with each status. */
    private Map<Integer, Long> calls(String storage, int instances, int limit) throws Exception {
        Path config = Files.writeString(folder.resolve("tierway.yaml"), CONFIG.formatted(limit, storage));
        List<GatewayProcess> gateways = new ArrayList<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int n = 0; n < instances; n++) {
                gateways.add(GatewayProcess.start(config));
            }
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                URI api = gateways.get(call % instances).api();
                HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build();
                answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode));
            }
            return answers.stream()
                    .map(CompletableFuture::join)
                    .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        } finally {
            for (GatewayProcess gateway : gateways) {
                gateway.close();
            }
        }
    }
}
