package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.Tierway;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.error.NoEligibleReplicaException;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.operator.Scope;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gateways that share a PostgreSQL: limits, orders, accounts. */
class SharedPostgresIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, quota: { requests-per-day: 7 }, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - { id: writer, tier: mid, use-cases: [chat], replicas: [ { provider: west } ] }
        storage: { ledger: { store: postgresql, url: "postgresql://localhost:%d/postgres", user: postgres } }
        """;

    private static EmbeddedPostgres server;

    private final BlockingQueue<NumberedOrder> learned = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private Tierway open() {
        return Tierway.builder()
                .config(CONFIG.formatted(server.getPort()))
                .operatorListener(new OperatorListener() {
                    @Override
                    public void ordered(NumberedOrder order, boolean here) {
                        if (!here) {
                            learned.add(order);
                        }
                    }
                })
                .build();
    }

    private static boolean answered(Tierway tierway) {
        try {
            tierway.callByTier(ModelTier.MID, UseCase.CHAT, ChatRequest.of("hello"));
            return true;
        } catch (NoEligibleReplicaException exhausted) {
            return false;
        }
    }

    @Test
    void together_they_get_no_more_than_the_limit_and_follow_the_same_orders() throws Exception {
        try (Tierway one = open();
                Tierway other = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                Tierway gateway = n % 2 == 0 ? one : other;
                calls.add(threads.submit(() -> answered(gateway)));
            }
            int granted = 0;
            for (Future<Boolean> call : calls) {
                granted += call.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(7);
        }
        try (Tierway restarted = open();
                Tierway other = open()) {
            assertThat(answered(restarted))
                    .as("nothing comes back with a restart")
                    .isFalse();

            other.operate().drain(Scope.provider("west"));
            assertThat(learned.poll(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("an order from the other instance")
                    .isNotNull();
        }
    }

    @Test
    void a_server_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Tierway.builder().config(CONFIG.formatted(1)).build())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("can't open postgresql://localhost:1/postgres");
    }
}
