package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several instances on one server. */
class RedisInstancesIT {
    private static final Duration RESERVATION = Duration.ofMinutes(11);
    private static final Duration LEASE = RedisClocks.LEASE;
    private static final Amounts ONE = new Amounts(1, 10, 0, new NanoUsd(600));
    private static final Descriptor SLOT = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(1));
    private static final Descriptor CALLERS_SLOT = new Descriptor("key:k", Side.CALLER, Limit.concurrency(1));
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.HOUR.limit(1000));

    private static RedisProcess server;

    private final ManualClock clock = new ManualClock();
    private final RedisLink link = RedisStores.link(server);
    private final RedisLink otherLink = RedisLink.open(link.options());
    private final List<AttemptMemo> expired = new ArrayList<>();
    private final RedisQuotaStore one = instance(link, "one", clock, (memo, estimate) -> expired.add(memo));
    private final RedisQuotaStore other = instance(otherLink, "other", clock, (memo, estimate) -> expired.add(memo));

    @BeforeAll
    static void start() {
        server = RedisProcess.start();
    }

    @AfterEach
    void close() {
        link.close();
        otherLink.close();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private RedisQuotaStore instance(
            RedisLink its, String name, WallClock wallClock, ExpiredReservations expiredReservations) {
        return RedisStores.store(
                its, name, wallClock, RedisStores.micros(clock), RESERVATION, LEASE, expiredReservations);
    }

    @Test
    void together_they_admit_no_more_than_the_limit() throws Exception {
        Descriptor limit =
                new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 100, Duration.ofDays(1)));
        int granted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int call = 0; call < 500; call++) {
                RedisQuotaStore store = call % 2 == 0 ? one : other;
                AttemptId attempt = new AttemptId("call" + call, 1);
                calls.add(() -> Answers.of(store.reserve(Reservations.of(attempt, List.of(limit), ONE)))
                        instanceof Result.Granted);
            }
            for (Future<Boolean> answer : threads.invokeAll(calls)) {
                granted += answer.get() ? 1 : 0;
            }
        }

        assertThat(granted).isEqualTo(100);
        assertThat(Answers.of(one.left(List.of(limit))).getFirst().available()).isZero();
    }

    @Test
    void a_killed_instance_s_slots_are_free_when_its_lease_ends_and_not_before() {
        assertGranted(reserve(one, 1, SLOT, CALLERS_SLOT));
        clock.advance(LEASE.minusNanos(1000));
        assertDenied(reserve(other, 2, SLOT));
        assertDenied(reserve(other, 3, CALLERS_SLOT));
        clock.advance(Duration.ofNanos(1000));

        assertGranted(reserve(other, 4, SLOT, CALLERS_SLOT));
    }

    @Test
    void a_heartbeat_keeps_slots_for_as_long_as_calls_take() {
        assertGranted(reserve(one, 1, SLOT));
        for (int second = 0; second < 60; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            Answers.of(one.beat());
            assertDenied(reserve(other, 2, SLOT));
        }
        Answers.of(one.settle(new AttemptId("call1", 1), ONE));

        assertGranted(reserve(other, 3, SLOT));
    }

    @Test
    void an_instance_that_was_only_slow_gives_nothing_back_twice() {
        assertGranted(reserve(one, 1, SLOT));
        clock.advance(Duration.ofMinutes(1));
        assertGranted(reserve(other, 2, SLOT));
        Answers.of(one.settle(new AttemptId("call1", 1), ONE));

        assertDenied(reserve(one, 3, SLOT));
    }

    @Test
    void an_instance_that_closes_frees_its_slots_at_once() {
        assertGranted(reserve(one, 1, SLOT));
        one.close();

        assertGranted(reserve(other, 2, SLOT));
    }

    @Test
    void live_instances_are_counted_by_their_heartbeats() {
        Answers.of(one.beat());
        assertThat(one.liveInstances()).isEqualTo(1);
        Answers.of(other.beat());
        assertThat(other.liveInstances()).isEqualTo(2);
        clock.advance(LEASE);
        Answers.of(one.beat());

        assertThat(one.liveInstances()).isEqualTo(1);
        assertThat(one.up()).isTrue();
    }

    @Test
    void what_expired_is_delivered_once_by_whoever_is_alive() {
        assertGranted(reserve(one, 1, BUDGET));
        clock.advance(RESERVATION);
        Answers.of(other.beat());
        Answers.of(one.beat());
        Answers.of(other.beat());

        assertThat(expired).containsExactly(Reservations.memo(new AttemptId("call1", 1)));
    }

    @Test
    void what_could_not_be_delivered_is_delivered_again_after_a_while() {
        RedisQuotaStore broken = instance(link, "broken", clock, (memo, estimate) -> {
            throw new IllegalStateException("the ledger is full");
        });
        assertGranted(reserve(one, 1, BUDGET));
        clock.advance(RESERVATION);
        Answers.of(broken.beat());
        Answers.of(other.beat());
        assertThat(expired).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        Answers.of(other.beat());

        assertThat(expired).hasSize(1);
    }

    @Test
    void instances_clocks_may_be_wrong_and_step_back_without_changing_a_verdict() {
        AtomicLong skew = new AtomicLong(Duration.ofMinutes(5).toMillis());
        RedisQuotaStore skewed =
                instance(link, "skewed", () -> clock.epochMillis() + skew.get(), (memo, estimate) -> {});
        clock.advance(Duration.ofMinutes(57));
        assertGranted(reserve(skewed, 1, BUDGET));
        assertDenied(reserve(one, 2, BUDGET));
        skew.addAndGet(Duration.ofSeconds(-30).toMillis());
        assertDenied(reserve(skewed, 3, BUDGET));

        clock.advance(Duration.ofMinutes(3));
        skew.set(Duration.ofMinutes(-5).toMillis());
        assertGranted(reserve(skewed, 4, BUDGET));
        assertDenied(reserve(one, 5, BUDGET));
        skew.set(Duration.ofDays(-400).toMillis());
        assertDenied(reserve(skewed, 6, BUDGET));
        clock.advance(Duration.ofHours(1));
        assertGranted(reserve(skewed, 7, BUDGET));
    }

    @Test
    void a_server_clock_that_steps_back_reopens_nothing() {
        ManualClock stepping = new ManualClock();
        RedisQuotaStore store = RedisStores.store(
                link,
                "stepping",
                stepping,
                () -> stepping.epochMillis() * 1000,
                RESERVATION,
                LEASE,
                (memo, estimate) -> {});
        Descriptor rate =
                new Descriptor("domain:r", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 1, Duration.ofHours(1)));
        assertGranted(reserve(store, 1, BUDGET, rate));
        stepping.stepWall(Duration.ofHours(-1));

        assertDenied(reserve(store, 2, BUDGET));
        assertDenied(reserve(store, 3, rate));
    }

    @Test
    void idle_usage_vanishes_by_itself() {
        assertGranted(reserve(one, 1, SLOT, CALLERS_SLOT, BUDGET));
        Answers.of(one.settle(new AttemptId("call1", 1), ONE));
        Answers.of(one.finish("call1"));

        List<String> lasting =
                server.ask(redis -> redis.keys("*" + link.options().keyPrefix() + "*").stream()
                        .filter(key -> redis.pttl(key) < 0)
                        .toList());
        assertThat(lasting).containsExactly(link.options().tag() + ":i");
    }

    private static Result reserve(RedisQuotaStore store, int call, Descriptor... limits) {
        return Answers.of(store.reserve(Reservations.of(new AttemptId("call" + call, 1), List.of(limits), ONE)));
    }

    private static void assertGranted(Result result) {
        assertThat(result).isInstanceOf(Result.Granted.class);
    }

    private static void assertDenied(Result result) {
        assertThat(result).isInstanceOf(Result.Denied.class);
    }
}
