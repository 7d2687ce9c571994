package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Budgets on a Redis that comes back with nothing: what was spent stays spent. */
class MoneyAfterLossIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
        providers: [{ id: vendor, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }]
        models:
          - { id: m, tier: mid, use-cases: [chat], max-output-tokens: 10000, replicas: [{ provider: vendor, price: { input: 1, output: 10 } }] }
        budgets:
          rules: [{ id: house, usd: 0.101, per: total }]
        storage:
          ledger: { store: sqlite, path: "%s" }
          quota: { store: redis, url: "redis://127.0.0.1:%d", timeout: 500ms }
        server: { port: 0, admin: { port: 0 } }
        """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private RedisServer server;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        redis();
        gateway();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
        server.stop();
    }

    private void redis() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    private void gateway() {
        gateway = Gateway.start(GatewayConfig.parse(
                CONFIG.formatted(folder.resolve("tierway.db").toString().replace('\\', '/'), port), Map.of()));
    }

    @Test
    void what_the_gateway_was_told_is_put_back_before_anything_is_admitted() throws Exception {
        BigDecimal spent = spend();
        server.stop();
        redis();

        // Nobody has to call for that.
        await(() -> {
            BigDecimal used = used();
            return used != null && used.compareTo(spent) >= 0;
        });
        assertThat(ask(10_000).statusCode()).isEqualTo(402);
        assertThat(ask(50).statusCode()).isEqualTo(200);
        await(() -> metric("tierway_quota_losses_total{cause=\"forgotten\"}") >= 1);
        assertThat(metric("tierway_quota_raised_usd_total{source=\"remembered\"}"))
                .isGreaterThanOrEqualTo(spent.doubleValue() * 0.999);
    }

    @Test
    void a_gateway_that_starts_together_with_an_empty_store_asks_its_ledger() throws Exception {
        BigDecimal spent = spend();
        gateway.close();
        server.stop();
        redis();
        gateway();

        await(() -> same(spent, used()));
        assertThat(ask(10_000).statusCode()).isEqualTo(402);
        await(() -> metric("tierway_quota_raised_usd_total{source=\"ledger\"}") > 0);
    }

    private static boolean same(BigDecimal one, BigDecimal other) {
        return one != null && other != null && one.compareTo(other) == 0;
    }

    /** A little; less than it could be. */
    private BigDecimal spend() throws Exception {
        for (int call = 0; call < 5; call++) {
            assertThat(ask(50).statusCode()).isEqualTo(200);
        }
        BigDecimal[] spent = new BigDecimal[1];
        // Until the last one is settled: then the worst case is no longer held.
        await(() -> {
            BigDecimal before = spent[0];
            spent[0] = used();
            return same(before, spent[0]) && rows() == 5;
        });
        assertThat(spent[0]).isGreaterThan(new BigDecimal("0.001"));
        assertThat(ask(10_000).statusCode()).isEqualTo(402);
        return spent[0];
    }

    private HttpResponse<String> ask(int most) throws Exception {
        String body = """
            {"model":"m","max_tokens":%d,"messages":[{"role":"user","content":"hello"}]}
            """.formatted(most);
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String admin(String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Null: unknown. */
    private BigDecimal used() throws Exception {
        JsonNode used =
                JSON.readTree(admin("/admin/quota")).get("limits").get(0).get("used_usd");
        return used.isNull() ? null : new BigDecimal(used.textValue());
    }

    private long rows() throws Exception {
        JsonNode all = JSON.readTree(admin("/admin/spend")).get("total");
        return all.get("calls").longValue();
    }

    private double metric(String name) throws Exception {
        return admin("/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TwoUpstreams.PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
