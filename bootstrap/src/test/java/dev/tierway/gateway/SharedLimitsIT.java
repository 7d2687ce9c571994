package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.ReplicaStatus;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** Two instances on one Redis. */
class SharedLimitsIT {
    private static final String CHANNEL = "{tierway:it}:hints";
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, quota: { requests-per-day: 5 }, simulated: { ttft: 0ms, per-token: 0ms } }
          - id: tired
            kind: simulated
            simulated: { faults: [ { fault: status, status: 429, headers: ["retry-after: 120"] } ] }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
          - { id: sleeper, tier: small, use-cases: [chat], replicas: [ { provider: tired } ] }
        storage: { quota: { store: redis, url: "redis://127.0.0.1:%d", timeout: 10s, key-prefix: it } }
        """;

    private final int port = freePort();
    private RedisServer server;

    @BeforeEach
    void start() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
    }

    @Test
    void a_limit_holds_over_all_instances_together() {
        int delivered = 0;
        try (Tierway one = open();
                Tierway other = open()) {
            for (int call = 0; call < 12; call++) {
                delivered += answers(call % 2 == 0 ? one : other, ModelTier.MID) ? 1 : 0;
            }
        }

        assertThat(delivered).isEqualTo(5);
    }

    @Test
    void what_one_instance_is_told_by_a_vendor_holds_for_the_other_too() {
        try (Tierway one = open();
                Tierway other = open()) {
            await(() -> listening() == 2);
            assertThat(answers(one, ModelTier.SMALL)).isFalse();

            await(() -> replica(other, "tired/sleeper").coolingDownMillis() != null);
            assertThat(replica(other, "tired/sleeper").calls()).isZero();
            assertThat(replica(other, "west/writer").coolingDownMillis()).isNull();
        }
    }

    @Test
    void with_shares_most_calls_ask_nobody_and_the_limit_holds_all_the_same() {
        String config = CONFIG.replace("requests-per-day: 5", "requests-per-day: 400")
                .replace("key-prefix: it", "key-prefix: it, shares: { size: 10%% }");
        int delivered = 0;
        try (Tierway one = open(config);
                Tierway other = open(config)) {
            for (int call = 0; call < 420; call++) {
                delivered += answers(call % 20 == 0 ? other : one, ModelTier.MID) ? 1 : 0;
            }
            SharesStatus shares = Objects.requireNonNull(one.quota().shares());
            assertThat(shares.admittedHere()).isPositive();
        }

        assertThat(delivered).isBetween(400 - 4 * 40 - 1, 400);
    }

    private Tierway open() {
        return open(CONFIG);
    }

    private Tierway open(String config) {
        return Tierway.builder().config(config.formatted(port)).build();
    }

    private static boolean answers(Tierway tierway, ModelTier tier) {
        try {
            tierway.callByTier(tier, UseCase.CHAT, ChatRequest.of("hello"));
            return true;
        } catch (TierwayException refused) {
            return false;
        }
    }

    private static ReplicaStatus replica(Tierway tierway, String id) {
        return tierway.fleet().replicas().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private long listening() {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            return redis.pubsubNumsub(CHANNEL).get(CHANNEL);
        } finally {
            client.shutdown();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TwoUpstreams.PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
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
