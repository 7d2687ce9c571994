package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.PortUnavailableException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ServerLifecycleTest {
    private static GatewayServer server(Vertx vertx, TestGateway behind, int port) {
        return new GatewayServer(
                vertx,
                GatewaySettings.DEFAULTS.withPort(port),
                new GatewayPorts(
                        behind.calls,
                        behind.calls,
                        behind,
                        behind,
                        behind,
                        List::of,
                        FakeCapabilities.TWO_MODELS,
                        FakeWorkflows.ONE,
                        TestGateway.VIA,
                        System::nanoTime,
                        () -> 0,
                        () -> 0,
                        GatewayAccess.OPEN));
    }

    @Test
    void a_port_in_use_is_a_clear_error() {
        Vertx vertx = Vertx.vertx();
        try (TestGateway other = new TestGateway()) {
            int taken = other.server.actualPort();
            GatewayServer second = server(vertx, other, taken);
            assertThatThrownBy(() -> second.start().toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(PortUnavailableException.class)
                    .hasMessageContaining("127.0.0.1:" + taken)
                    .hasMessageContaining("choose another one");
            TestGateway.await(second.close());
        } finally {
            TestGateway.await(vertx.close().toCompletionStage());
        }
    }

    @Test
    void two_servers_that_ask_for_a_free_port_get_two() {
        Vertx vertx = Vertx.vertx();
        try (TestGateway behind = new TestGateway()) {
            GatewayServer one = server(vertx, behind, 0);
            GatewayServer two = server(vertx, behind, 0);
            TestGateway.await(one.start());
            TestGateway.await(two.start());
            assertThat(one.actualPort()).isPositive().isNotEqualTo(two.actualPort());
        } finally {
            TestGateway.await(vertx.close().toCompletionStage());
        }
    }

    @Test
    void a_server_that_never_started_can_be_closed() {
        Vertx vertx = Vertx.vertx();
        try (TestGateway behind = new TestGateway()) {
            TestGateway.await(server(vertx, behind, 0).close());
        } finally {
            TestGateway.await(vertx.close().toCompletionStage());
        }
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> GatewaySettings.DEFAULTS.withPort(70_000)).hasMessageContaining("0 to 65535");
        HttpLimits limits = HttpLimits.DEFAULTS;
        assertThatThrownBy(() -> new GatewaySettings("127.0.0.1", 1, 0, false, limits))
                .hasMessageContaining("event loop");
        assertThatThrownBy(() -> new HttpLimits(
                        0, 1, 1, 1, limits.idleTimeout(), limits.idleTimeout(), limits.keepAlive(), limits.stalled()))
                .hasMessageContaining("1 or more");
        assertThatThrownBy(() ->
                        TestGateway.limits(Duration.ZERO, limits.idleTimeout(), limits.keepAlive(), limits.stalled()))
                .hasMessageContaining("body-timeout");
    }
}
