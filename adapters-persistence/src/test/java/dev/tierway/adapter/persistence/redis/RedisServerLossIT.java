package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.TcpLine;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is left of what was granted when the server dies: as much as its own settings keep. */
class RedisServerLossIT {
    private static final Descriptor REQUESTS =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 10, Duration.ofDays(10)));
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.TOTAL.limit(1000));

    private static RedisLink link(int port) {
        return RedisLink.open(new RedisOptions("redis://127.0.0.1:" + port, Duration.ofSeconds(5), "loss"));
    }

    private static RedisQuotaStore store(RedisLink link) {
        return new RedisQuotaStore(
                link,
                new RedisClocks(
                        System::currentTimeMillis, ZoneOffset.UTC, Duration.ofMinutes(11), RedisClocks.LEASE, null),
                "one",
                (memo, estimate) -> {});
    }

    @Test
    void with_an_append_only_file_that_is_always_synced_a_killed_server_forgets_nothing() {
        try (RedisProcess server = RedisProcess.start(
                        "--appendonly", "yes", "--appendfsync", "always", "--appendfilename", "loss.aof");
                RedisLink link = link(server.port())) {
            RedisQuotaStore store = store(link);
            for (int crash = 0; crash < 3; crash++) {
                AttemptId settled = attempt("settled" + crash);
                AttemptId open = attempt("open" + crash);
                patiently(() -> store.reserve(Reservations.of(settled, List.of(REQUESTS, BUDGET), usd(10))));
                patiently(() -> store.settle(settled, usd(7)));
                patiently(() -> store.reserve(Reservations.of(open, List.of(REQUESTS, BUDGET), usd(10))));
                server.kill();
                server.restart();

                assertThat(patiently(() -> store.left(List.of(REQUESTS)))
                                .getFirst()
                                .available())
                        .isEqualTo(10 - 2 * (crash + 1));
                assertThat(patiently(() -> store.left(List.of(BUDGET)))
                                .getFirst()
                                .available())
                        .isEqualTo(1000 - 17 * (crash + 1));
            }
        }
    }

    @Test
    void without_persistence_a_killed_server_begins_anew_and_what_is_ended_then_changes_nothing() {
        try (RedisProcess server = RedisProcess.start();
                RedisLink link = link(server.port())) {
            RedisQuotaStore store = store(link);
            assertThat(patiently(
                            () -> store.reserve(Reservations.of(attempt("a"), List.of(REQUESTS, BUDGET), usd(10)))))
                    .isInstanceOf(Result.Granted.class);
            server.kill();
            server.restart();
            patiently(() -> store.settle(attempt("a"), usd(7)));

            assertThat(Answers.of(store.left(List.of(REQUESTS))).getFirst().available())
                    .isEqualTo(10);
            assertThat(Answers.of(store.left(List.of(BUDGET))).getFirst().available())
                    .isEqualTo(1000);
        }
    }

    /** On top of a limit comes what the old primary granted and the new one never heard of, and not one more. */
    @Test
    void after_a_failover_what_was_not_replicated_yet_comes_on_top_of_a_limit_once() {
        try (RedisProcess primary = RedisProcess.start();
                TcpLine replication = TcpLine.to(primary.port());
                RedisProcess replica =
                        RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(replication.port()));
                TcpLine front = TcpLine.to(primary.port());
                RedisLink link = link(front.port())) {
            while (!replica.ask(redis -> redis.info("replication")).contains("master_link_status:up")) {
                Thread.onSpinWait();
            }
            RedisQuotaStore store = store(link);
            assertThat(granted(store, "replicated", 6)).isEqualTo(6);
            while (primary.ask(redis -> redis.waitForReplication(1, 1000)) < 1) {
                Thread.onSpinWait();
            }
            replication.cut();
            assertThat(granted(store, "lost", 3)).isEqualTo(3);
            primary.kill();
            replica.ask(redis -> redis.replicaofNoOne());
            front.lay(replica.port());

            patiently(store::ping);
            assertThat(granted(store, "after", 10)).isEqualTo(4);
            Answers.of(store.settle(attempt("lost0"), usd(100)));
            assertThat(Answers.of(store.left(List.of(REQUESTS))).getFirst().available())
                    .isZero();
            assertThat(Answers.of(store.left(List.of(BUDGET))).getFirst().available())
                    .isZero();
        }
    }

    private static int granted(RedisQuotaStore store, String name, int calls) {
        int granted = 0;
        for (int call = 0; call < calls; call++) {
            AttemptId attempt = attempt(name + call);
            Result result =
                    patiently(() -> store.reserve(Reservations.of(attempt, List.of(REQUESTS, BUDGET), usd(100))));
            granted += result instanceof Result.Granted ? 1 : 0;
        }
        return granted;
    }

    /** As often as it takes: what is asked for again by the same attempt is done once. */
    private static <T> T patiently(Supplier<CompletionStage<T>> asking) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return Answers.of(asking.get());
            } catch (CompletionException reconnecting) {
                assertThat(System.nanoTime()).as("still %s", reconnecting).isLessThan(until);
            }
        }
    }

    private static AttemptId attempt(String call) {
        return new AttemptId(call, 1);
    }

    private static Amounts usd(long nano) {
        return new Amounts(1, 0, 0, new NanoUsd(nano));
    }
}
