package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** A gateway over real sockets whose Redis is there, goes, and comes back. */
class SharedLimitsDownIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
        providers: [{ id: vendor, kind: simulated, quota: { requests-per-minute: 1000 }, simulated: { ttft: 0ms, per-token: 0ms } }]
        models:
          - { id: m, tier: mid, use-cases: [chat], max-output-tokens: 1000, replicas: [{ provider: vendor, price: { input: 1, output: 10 } }] }
        budgets:
          rules: [{ id: bots, for: { agent: "*" }, usd: 5, per: month }]
        storage:
          ledger: { store: memory }
          quota: { store: redis, url: "redis://127.0.0.1:%d", timeout: 500ms }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private RedisServer server;
    private Gateway gateway;

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
        if (server != null) {
            server.stop();
        }
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
        gateway = Gateway.start(GatewayConfig.parse(CONFIG.formatted(port), Map.of()));
    }

    @Test
    void while_it_is_gone_rates_are_limited_here_budgets_are_closed_and_everybody_is_told() throws Exception {
        redis();
        gateway();
        assertThat(ask("{}").statusCode()).isEqualTo(200);
        assertThat(warned(ask("{}"))).isFalse();
        assertThat(ask("{\"agent\":\"bot\"}").statusCode()).isEqualTo(200);
        assertThat(metric()).isEqualTo("1.0");

        server.stop();
        await(() -> !quota().isMissingNode());
        assertThat(quota().get("up").booleanValue()).isFalse();
        assertThat(quota().get("problem").textValue()).contains("Redis at 127.0.0.1:" + port);
        assertThat(metric()).isEqualTo("0.0");
        HttpResponse<String> alone = ask("{}");
        assertThat(alone.statusCode()).isEqualTo(200);
        assertThat(warned(alone)).isTrue();
        assertClosed(ask("{\"agent\":\"bot\"}"));

        redis();
        await(() -> quota().isMissingNode());
        assertThat(warned(ask("{}"))).isFalse();
        assertThat(ask("{\"agent\":\"bot\"}").statusCode()).isEqualTo(200);
        assertThat(metric()).isEqualTo("1.0");
    }

    @Test
    void gone_at_the_start_it_is_the_same_from_the_first_call_on() throws Exception {
        gateway();
        HttpResponse<String> first = ask("{}");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(warned(first)).isTrue();
        assertClosed(ask("{\"agent\":\"bot\"}"));

        redis();
        await(() -> quota().isMissingNode());
        assertThat(warned(ask("{}"))).isFalse();
        assertThat(ask("{\"agent\":\"bot\"}").statusCode()).isEqualTo(200);
    }

    private static void assertClosed(HttpResponse<String> reply) throws Exception {
        assertThat(reply.statusCode()).isEqualTo(503);
        JsonNode error = JSON.readTree(reply.body()).get("error");
        assertThat(error.get("code").textValue()).isEqualTo("quota_unavailable");
        assertThat(error.get("message").textValue())
                .contains("budget 'bots' (agent=bot) allows 5 USD per month, but the quota store doesn't answer");
    }

    private static boolean warned(HttpResponse<String> reply) {
        return reply.headers().firstValue("x-tierway-warnings").orElse("").contains("quota store doesn't answer");
    }

    private HttpResponse<String> ask(String options) throws Exception {
        String body = """
            {"model":"m","messages":[{"role":"user","content":"hello"}],"tierway":%s}
            """.formatted(options);
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(int at, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What readiness says of the store; missing if it has no trouble. */
    private JsonNode quota() throws Exception {
        JsonNode ready = JSON.readTree(get(gateway.apiPort(), "/readyz"));
        assertThat(ready.get("status").textValue()).isEqualTo("ready");
        for (JsonNode store : ready.get("stores")) {
            if (store.get("store").textValue().equals("quota")) {
                return store;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private String metric() throws Exception {
        return get(gateway.adminPort(), "/metrics")
                .lines()
                .filter(line -> line.startsWith("tierway_store_up{store=\"quota\"}"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
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
