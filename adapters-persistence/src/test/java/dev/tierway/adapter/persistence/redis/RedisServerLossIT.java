package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.TcpLine;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.UsageLoss;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
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
        return store(link, "one", new CopyOnWriteArrayList<>());
    }

    private static RedisQuotaStore store(RedisLink link, String instance, List<UsageLoss> losses) {
        return new RedisQuotaStore(
                link,
                new RedisClocks(
                        System::currentTimeMillis, ZoneOffset.UTC, Duration.ofMinutes(11), RedisClocks.LEASE, null),
                instance,
                (memo, estimate) -> {},
                loss -> {
                    losses.add(loss);
                    return CompletableFuture.completedStage(null);
                });
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
    void without_persistence_a_killed_server_begins_anew_but_for_what_an_instance_knows_of_money() {
        try (RedisProcess server = RedisProcess.start();
                RedisLink link = link(server.port())) {
            RedisQuotaStore store = store(link);
            assertThat(patiently(
                            () -> store.reserve(Reservations.of(attempt("a"), List.of(REQUESTS, BUDGET), usd(10)))))
                    .isInstanceOf(Result.Granted.class);
            server.kill();
            server.restart();
            patiently(() -> store.settle(attempt("a"), usd(7)));

            assertThat(left(store, REQUESTS)).isEqualTo(10);
            assertThat(left(store, BUDGET)).isEqualTo(993);
        }
    }

    /** On top of a rate comes what the old primary granted and the new one never heard of, and not one more. */
    @Test
    void after_a_failover_what_was_not_replicated_yet_comes_on_top_of_a_rate_once() {
        try (Failover servers = new Failover();
                RedisLink link = link(servers.port())) {
            RedisQuotaStore store = store(link);
            assertThat(granted(store, "replicated", 6, REQUESTS)).isEqualTo(6);
            servers.stopReplicating();
            assertThat(granted(store, "lost", 3, REQUESTS)).isEqualTo(3);
            servers.failOver();

            patiently(store::ping);
            assertThat(granted(store, "after", 10, REQUESTS)).isEqualTo(4);
            Answers.of(store.settle(attempt("lost0"), usd(100)));
            assertThat(left(store, REQUESTS)).isZero();
        }
    }

    /** Settled and lost, open and lost, open there but settled here: each counts once, and nothing is admitted before it does. */
    @Test
    void after_a_failover_money_that_was_not_replicated_yet_is_counted_before_anything_is_admitted() {
        List<UsageLoss> losses = new CopyOnWriteArrayList<>();
        try (Failover servers = new Failover();
                RedisLink link = link(servers.port())) {
            RedisQuotaStore store = store(link, "one", losses);
            spend(store, "replicated", 100);
            reserve(store, "settledLate", 200);
            servers.stopReplicating();
            spend(store, "lost", 300);
            settle(store, "settledLate", 150);
            reserve(store, "open", 250);
            servers.failOver();

            assertThat(patiently(() -> store.reserve(Reservations.of(attempt("beyond"), List.of(BUDGET), usd(201)))))
                    .isInstanceOf(Result.Denied.class);
            assertThat(losses).singleElement().satisfies(loss -> {
                assertThat(loss.cause()).isEqualTo(UsageLoss.Cause.FORGOTTEN);
                assertThat(loss.raised()).containsExactly(new Raised(BUDGET, 450));
            });
            settle(store, "open", 240);
            settle(store, "lost", 300);
            assertThat(left(store, BUDGET)).isEqualTo(1000 - 100 - 300 - 150 - 240);
            reserve(store, "fits", 210);
            assertThat(left(store, BUDGET)).isZero();
        }
    }

    /** Each knows a different part of what was lost, and more than its own: together they come to the truth, not beyond. */
    @Test
    void several_instances_put_back_the_same_money_once() {
        try (Failover servers = new Failover();
                RedisLink link = link(servers.port());
                RedisLink other = link(servers.port())) {
            RedisQuotaStore one = store(link, "one", new CopyOnWriteArrayList<>());
            RedisQuotaStore two = store(other, "two", new CopyOnWriteArrayList<>());
            spend(one, "a", 100);
            servers.stopReplicating();
            spend(one, "b", 200);
            spend(two, "c", 150);
            spend(one, "d", 50);
            servers.failOver();

            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> patiently(one::beat)),
                            CompletableFuture.runAsync(() -> patiently(two::beat)))
                    .join();
            assertThat(left(one, BUDGET)).isEqualTo(500);
            assertThat(left(two, BUDGET)).isEqualTo(500);
        }
    }

    @Test
    void a_server_that_began_from_an_old_copy_is_found_out_and_raised() {
        List<UsageLoss> losses = new CopyOnWriteArrayList<>();
        try (RedisProcess server = RedisProcess.start("--dbfilename", "old.rdb");
                RedisLink link = link(server.port())) {
            RedisQuotaStore store = store(link, "one", losses);
            spend(store, "saved", 100);
            server.ask(redis -> redis.save());
            spend(store, "after", 300);
            server.kill();
            server.restart();

            patiently(store::beat);
            assertThat(left(store, BUDGET)).isEqualTo(600);
            assertThat(losses)
                    .singleElement()
                    .satisfies(loss -> assertThat(loss.raised()).containsExactly(new Raised(BUDGET, 300)));
        }
    }

    @Test
    void a_failover_that_lost_nothing_raises_nothing_and_an_instance_that_starts_on_nothing_says_so() {
        List<UsageLoss> losses = new CopyOnWriteArrayList<>();
        try (Failover servers = new Failover();
                RedisLink link = link(servers.port())) {
            RedisQuotaStore store = store(link, "one", losses);
            Answers.of(store.beat());
            assertThat(losses).extracting(UsageLoss::cause).containsExactly(UsageLoss.Cause.NEW);
            spend(store, "a", 100);
            servers.stopReplicating();
            servers.failOver();

            patiently(store::beat);
            spend(store, "b", 100);
            assertThat(left(store, BUDGET)).isEqualTo(800);
            assertThat(losses).hasSize(1);
        }
    }

    /** A primary, a replica that can be cut off, and one address at which first one and then the other answers. */
    private static final class Failover implements AutoCloseable {
        private final RedisProcess primary = RedisProcess.start();
        private final TcpLine replication = TcpLine.to(primary.port());
        private final RedisProcess replica =
                RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(replication.port()));
        private final TcpLine front = TcpLine.to(primary.port());

        Failover() {
            while (!replica.ask(redis -> redis.info("replication")).contains("master_link_status:up")) {
                Thread.onSpinWait();
            }
        }

        int port() {
            return front.port();
        }

        /** Once all is there. */
        void stopReplicating() {
            while (primary.ask(redis -> {
                        // Only writes of its own connection are waited for.
                        redis.set("all", "there");
                        return redis.waitForReplication(1, 1000);
                    })
                    < 1) {
                Thread.onSpinWait();
            }
            replication.cut();
        }

        void failOver() {
            primary.kill();
            replica.ask(redis -> redis.replicaofNoOne());
            front.lay(replica.port());
        }

        @Override
        public void close() {
            front.close();
            replication.close();
            replica.close();
            primary.close();
        }
    }

    private static void reserve(RedisQuotaStore store, String call, long nano) {
        assertThat(patiently(() -> store.reserve(Reservations.of(attempt(call), List.of(BUDGET), usd(nano)))))
                .isInstanceOf(Result.Granted.class);
    }

    private static void settle(RedisQuotaStore store, String call, long nano) {
        patiently(() -> store.settle(attempt(call), usd(nano)));
    }

    private static void spend(RedisQuotaStore store, String call, long nano) {
        reserve(store, call, nano);
        settle(store, call, nano);
    }

    private static long left(RedisQuotaStore store, Descriptor limit) {
        return patiently(() -> store.left(List.of(limit))).getFirst().available();
    }

    private static int granted(RedisQuotaStore store, String name, int calls, Descriptor... limits) {
        int granted = 0;
        for (int call = 0; call < calls; call++) {
            AttemptId attempt = attempt(name + call);
            Result result = patiently(() -> store.reserve(Reservations.of(attempt, List.of(limits), usd(100))));
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
