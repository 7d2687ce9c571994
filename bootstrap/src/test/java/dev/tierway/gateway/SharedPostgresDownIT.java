package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.catalogue.Target;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Limits on a PostgreSQL that is not there at the start, comes, and goes. */
class SharedPostgresDownIT {
    private static final String CONFIG = """
        providers: [{ id: vendor, kind: simulated, quota: { requests-per-minute: 1000 }, simulated: { ttft: 0ms, per-token: 0ms } }]
        models:
          - { id: m, tier: mid, use-cases: [chat], max-output-tokens: 1000, replicas: [{ provider: vendor, price: { input: 1, output: 10 } }] }
        budgets:
          rules: [{ id: bots, for: { agent: "*" }, usd: 5, per: month }]
        storage:
          ledger: { store: memory }
          quota: { store: postgresql, url: "postgresql://localhost:%d/postgres", user: postgres }
        """;

    @Test
    void rates_are_limited_here_and_budgets_are_closed_while_it_is_gone() throws Exception {
        int port = freePort();
        try (Tierway tierway = Tierway.builder().config(CONFIG.formatted(port)).build()) {
            assertThat(answered(tierway, CallOptions.NONE)).isTrue();
            CallOptions bot = CallOptions.builder().agent("bot").build();
            OverloadedException closed = catchThrowableOfType(
                    OverloadedException.class, () -> tierway.call(Target.parse("m"), ChatRequest.of("hello"), bot));
            assertThat(closed.code()).isEqualTo("quota_unavailable");

            try (EmbeddedPostgres server =
                    EmbeddedPostgres.builder().setPort(port).start()) {
                assertThat(server.getPort()).isEqualTo(port);
                await(() -> answered(tierway, bot));
            }
            await(() -> !answered(tierway, bot));
            assertThat(answered(tierway, CallOptions.NONE)).isTrue();
        }
    }

    private static boolean answered(Tierway tierway, CallOptions options) {
        try {
            tierway.call(Target.parse("m"), ChatRequest.of("hello"), options);
            return true;
        } catch (TierwayException refused) {
            assertThat(refused.code()).isEqualTo("quota_unavailable");
            return false;
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + 2 * TwoUpstreams.PATIENCE_SECONDS * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
