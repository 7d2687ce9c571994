package dev.tierway.benchmarks;

import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.PostgresUrl;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.redis.RedisQuotaStore;
import dev.tierway.adapter.persistence.sqlite.EmbeddedQuotaStore;
import dev.tierway.adapter.persistence.sqlite.SqliteDatabase;
import dev.tierway.adapter.persistence.sqlite.SqliteOptions;
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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
import redis.embedded.RedisServer;

/**
 * One call at a quota store: reserved and settled, each answer waited for. {@code short}: requests and tokens per minute and
 * concurrency; {@code long}: a budget and requests per day as well, which a durable store has to have on disk. As many callers
 * at once as JMH has threads ({@code -t}). Redis and PostgreSQL are started here, on this machine; Redis keeps nothing on disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class ReservationBenchmark {
    private static final Duration LIFE = Duration.ofMinutes(11);
    private static final long PLENTY = 1_000_000_000_000L;
    private static final Amounts ESTIMATE = new Amounts(1, 500, 256, new NanoUsd(5_000_000));
    private static final Amounts ACTUAL = new Amounts(1, 510, 120, new NanoUsd(3_000_000));

    @Param({"memory", "embedded", "redis", "postgresql"})
    public String store;

    @Param({"short", "long"})
    public String limits;

    private final AtomicLong calls = new AtomicLong();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private QuotaStore quota;
    private List<Descriptor> descriptors;

    @Setup
    public void setUp() throws IOException {
        quota = switch (store) {
            case "memory" ->
                new MemoryQuotaStore(
                        System::nanoTime, System::currentTimeMillis, ZoneOffset.UTC, LIFE, (memo, estimate) -> {});
            case "embedded" -> embedded();
            case "redis" -> redis();
            case "postgresql" -> postgresql();
            default -> throw new IllegalArgumentException(store);
        };
        opened.addFirst(quota);
        List<Descriptor> some = new ArrayList<>(List.of(
                domain(Limit.per(Dimension.REQUESTS, PLENTY, Duration.ofMinutes(1))),
                domain(Limit.per(Dimension.TOKENS, PLENTY, Duration.ofMinutes(1))),
                domain(Limit.concurrency(10_000))));
        if (limits.equals("long")) {
            some.add(domain(Limit.per(Dimension.REQUESTS, PLENTY, Duration.ofDays(1))));
            some.add(new Descriptor("budget:house", Side.CALLER, Period.MONTH.limit(PLENTY * 1_000)));
        }
        descriptors = List.copyOf(some);
    }

    private QuotaStore embedded() throws IOException {
        Path folder = Files.createTempDirectory("tierway-bench");
        SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(folder.resolve("tierway.db")));
        opened.add(database);
        return EmbeddedQuotaStore.open(
                database, System::nanoTime, System::currentTimeMillis, ZoneOffset.UTC, LIFE, (memo, estimate) -> {});
    }

    private QuotaStore redis() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        RedisLink link =
                RedisLink.open(new RedisOptions("redis://127.0.0.1:" + port, Duration.ofSeconds(20), "benchmark"));
        opened.add(link);
        opened.add(server::stop);
        // Ended attempts are remembered for as long as reservations live: a short life keeps the server small.
        return RedisQuotaStore.open(
                link, System::currentTimeMillis, ZoneOffset.UTC, Duration.ofSeconds(10), (memo, estimate) -> {});
    }

    /** It waits for its disk, as a real one does. */
    private QuotaStore postgresql() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        PostgresDatabase database = PostgresDatabase.open(new PostgresOptions(
                PostgresUrl.parse("postgresql://localhost:" + server.getPort() + "/postgres"),
                "postgres",
                null,
                16,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20)));
        opened.add(database);
        opened.add(server);
        PostgresQuotaStore shared = new PostgresQuotaStore(
                database,
                System::currentTimeMillis,
                ZoneOffset.UTC,
                QuotaTimes.of(LIFE),
                "benchmark",
                (memo, estimate) -> {});
        shared.start();
        return shared;
    }

    private static Descriptor domain(Limit limit) {
        return new Descriptor("domain:org", Side.DOMAIN, limit);
    }

    @TearDown
    public void tearDown() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Benchmark
    public QuotaStore.Result reserveAndSettle() {
        AttemptId attempt = new AttemptId("call-" + calls.incrementAndGet(), 1);
        AttemptMemo memo = new AttemptMemo(
                attempt,
                "req",
                new ReplicaId("p/m"),
                new ProviderId("p"),
                new ModelId("m"),
                1,
                null,
                null,
                null,
                null,
                Map.of(),
                null);
        QuotaStore.Result result = quota.reserve(new Reservation(descriptors, ESTIMATE, memo))
                .toCompletableFuture()
                .join();
        quota.settle(attempt, ACTUAL).toCompletableFuture().join();
        return result;
    }
}
