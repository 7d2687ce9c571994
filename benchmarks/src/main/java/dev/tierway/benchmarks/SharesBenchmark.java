package dev.tierway.benchmarks;

import dev.tierway.adapter.persistence.lease.LeasedQuotaStore;
import dev.tierway.adapter.persistence.lease.ShareOptions;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.redis.RedisQuotaStore;
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
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A call's quota in Redis, with and without leased shares: requests and tokens per minute, reserved and settled. Needs a server:
 * {@code REDIS_URL}, or the usual port of this machine.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class SharesBenchmark {
    private static final int TOGETHER = 64;
    private static final long PLENTY = 1_000_000_000_000L;
    private static final Amounts ESTIMATE = new Amounts(1, 1000, 200, new NanoUsd(5_000_000));
    private static final List<Descriptor> LIMITS = List.of(
            new Descriptor("domain:d", Side.DOMAIN, Limit.per(Dimension.REQUESTS, PLENTY, Duration.ofMinutes(1))),
            new Descriptor("domain:d", Side.DOMAIN, Limit.per(Dimension.TOKENS, PLENTY, Duration.ofMinutes(1))));

    /** Of each limit; none: every call asks the store. */
    @Param({"none", "2%"})
    public String shares;

    private RedisLink link;
    private QuotaStore store;
    private long calls;

    @Setup
    public void setUp() {
        String url = System.getenv().getOrDefault("REDIS_URL", "redis://127.0.0.1:6379");
        link = RedisLink.open(new RedisOptions(url, Duration.ofSeconds(30), "benchmark"));
        // A short life of reservations: ended attempts are remembered for as long, and the server is to be small
        // afterwards.
        Duration reservation = Duration.ofSeconds(10);
        QuotaStore redis = RedisQuotaStore.open(
                link, System::currentTimeMillis, ZoneOffset.UTC, reservation, (memo, estimate) -> {});
        store = shares.equals("none")
                ? redis
                : LeasedQuotaStore.open(
                        redis,
                        new ShareOptions(0.02, ShareOptions.LIFE),
                        System::nanoTime,
                        reservation,
                        (memo, estimate) -> {});
    }

    @TearDown
    public void tearDown() {
        store.close();
        link.close();
    }

    /** One call after another: what a call waits for. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public QuotaStore.Result reserve_alone() {
        AttemptMemo memo = memo();
        QuotaStore.Result result = store.reserve(new Reservation(LIMITS, ESTIMATE, memo))
                .toCompletableFuture()
                .join();
        var unused = store.settle(memo.attempt(), ESTIMATE);
        return result;
    }

    /** Many calls at once, as under load: how many fit through. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OperationsPerInvocation(TOGETHER)
    public void call_among_64() {
        CompletableFuture<?>[] all = new CompletableFuture<?>[TOGETHER];
        for (int i = 0; i < TOGETHER; i++) {
            AttemptMemo memo = memo();
            all[i] = store.reserve(new Reservation(LIMITS, ESTIMATE, memo))
                    .thenCompose(granted -> store.settle(memo.attempt(), ESTIMATE))
                    .toCompletableFuture();
        }
        CompletableFuture.allOf(all).join();
    }

    private AttemptMemo memo() {
        return new AttemptMemo(
                new AttemptId("call_" + calls++, 1),
                "req_benchmark",
                new ReplicaId("provider/model"),
                new ProviderId("provider"),
                new ModelId("model"),
                System.currentTimeMillis(),
                "key",
                null,
                null,
                null,
                Map.of(),
                null);
    }
}
