package dev.tierway.benchmarks;

import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A reservation and its settlement on a PostgreSQL of this machine that waits for its disk, as a real one does. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class PostgresQuotaBenchmark {
    private static final Amounts ESTIMATE = new Amounts(1, 1000, 300, new NanoUsd(5_000_000));
    private static final Amounts ACTUAL = new Amounts(1, 1000, 200, new NanoUsd(4_000_000));

    /** Whether every call also takes from a budget: then the answer waits for the disk. */
    @Param({"false", "true"})
    public boolean money;

    /** How many accounts the calls spread over: calls of one account wait for each other. */
    @Param({"1", "16"})
    public int accounts;

    private final AtomicLong calls = new AtomicLong();
    private EmbeddedPostgres server;
    private PostgresDatabase database;
    private QuotaStore store;

    @Setup
    public void open() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        String url = "postgresql://localhost:" + server.getPort() + "/postgres";
        database = PostgresDatabase.open(PostgresOptions.at(url, "postgres", null, 16));
        store = new PostgresQuotaStore(
                database,
                System::currentTimeMillis,
                ZoneOffset.UTC,
                QuotaTimes.of(Duration.ofMinutes(11)),
                "benchmark",
                (memo, estimate) -> {});
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        database.close();
        server.close();
    }

    @Benchmark
    public QuotaStore.Result reserveAndSettle() {
        long number = calls.incrementAndGet();
        AttemptId attempt = new AttemptId("call" + number, 1);
        QuotaStore.Result result = store.reserve(new Reservation(limits(number % accounts), ESTIMATE, memo(attempt)))
                .toCompletableFuture()
                .join();
        store.settle(attempt, ACTUAL).toCompletableFuture().join();
        return result;
    }

    private List<Descriptor> limits(long account) {
        String domain = "domain:" + account;
        long plenty = 1_000_000_000_000L;
        List<Descriptor> limits = new ArrayList<>(List.of(
                new Descriptor(domain, Side.DOMAIN, Limit.per(Dimension.REQUESTS, plenty, Duration.ofMinutes(1))),
                new Descriptor(domain, Side.DOMAIN, Limit.per(Dimension.TOKENS, plenty, Duration.ofMinutes(1))),
                new Descriptor(domain, Side.DOMAIN, Limit.concurrency(10_000))));
        if (money) {
            limits.add(
                    new Descriptor("budget:" + account, Side.CALLER, Period.MONTH.limit(1_000_000_000_000_000_000L)));
        }
        return limits;
    }

    private static AttemptMemo memo(AttemptId attempt) {
        return new AttemptMemo(
                attempt,
                "req_" + attempt.callId(),
                new ReplicaId("p/m"),
                new ProviderId("p"),
                new ModelId("m"),
                System.currentTimeMillis(),
                "key",
                "agent",
                null,
                null,
                Map.of(),
                null);
    }
}
