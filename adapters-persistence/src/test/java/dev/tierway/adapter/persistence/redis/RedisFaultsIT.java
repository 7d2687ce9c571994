package dev.tierway.adapter.persistence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server in every kind of trouble: steps fail with a reason, and it goes on when the trouble is over. */
class RedisFaultsIT {
    private static final Amounts ONE = new Amounts(1, 0, 0, NanoUsd.ZERO);
    private static final Descriptor LIMIT =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 1000, Duration.ofDays(1)));

    private final RedisProcess server = RedisProcess.start();
    private final RedisLink link = RedisLink.open(new RedisOptions(server.url(), Duration.ofSeconds(2), "faults"));
    private final RedisQuotaStore store = store(link);
    private int calls;

    private static RedisQuotaStore store(RedisLink link) {
        return new RedisQuotaStore(
                link,
                new RedisClocks(
                        System::currentTimeMillis, ZoneOffset.UTC, Duration.ofMinutes(11), RedisClocks.LEASE, null),
                "one",
                (memo, estimate) -> {});
    }

    @AfterEach
    void stop() {
        server.close();
        link.close();
    }

    @Test
    void scripts_that_the_server_forgot_are_sent_again() {
        assertGranted(reserve());
        server.ask(redis -> redis.scriptFlush());
        assertGranted(reserve());
        server.ask(redis -> redis.scriptFlush());
        Answers.of(store.settle(new AttemptId("call1", 1), ONE));

        assertThat(available()).isEqualTo(998);
    }

    @Test
    void a_server_without_memory_says_so_and_takes_nothing() {
        assertGranted(reserve());
        server.ask(redis -> redis.configSet("maxmemory", "1"));
        assertFailure(reserve(), "out of memory");
        assertFailure(store.settle(new AttemptId("call1", 1), new Amounts(3, 0, 0, NanoUsd.ZERO)), "out of memory");
        server.ask(redis -> redis.configSet("maxmemory", "0"));

        assertThat(available()).isEqualTo(999);
        Answers.of(store.settle(new AttemptId("call1", 1), new Amounts(3, 0, 0, NanoUsd.ZERO)));
        assertThat(available()).isEqualTo(997);
    }

    @Test
    void a_replica_is_read_only_and_says_so() {
        assertGranted(reserve());
        try (RedisProcess primary = RedisProcess.start()) {
            server.ask(redis -> redis.replicaof("127.0.0.1", primary.port()));
            assertFailure(reserve(), "read-only replica");
            server.ask(redis -> redis.replicaofNoOne());
        }
        assertGranted(reserve());
    }

    @Test
    void a_server_that_was_killed_is_missed_at_once_and_found_again() {
        assertGranted(reserve());
        server.kill();
        assertThat(Answers.failure(reserve())).isInstanceOf(StoreException.class);
        server.restart();

        assertGranted(untilAnswered(this::reserve));
        Answers.of(store.ping());
    }

    @Test
    void a_server_that_is_down_at_the_start_is_found_once_it_is_there() {
        server.kill();
        assertFailure(reserve(), "not connected");
        assertFailure(store.ping(), "not connected");
        assertFailure(store.beat(), "not connected");
        assertThat(store.up()).isFalse();
        assertThat(store.liveInstances()).isEqualTo(1);
        server.restart();

        assertGranted(untilAnswered(this::reserve));
    }

    @Test
    void a_server_that_hangs_makes_steps_fail_in_time_and_a_late_grant_is_given_back() {
        RedisLink hasty = RedisLink.open(new RedisOptions(server.url(), Duration.ofMillis(100), "faults"));
        RedisQuotaStore quick = store(hasty);
        untilAnswered(() -> quick.left(List.of(LIMIT)));
        server.freeze();
        assertFailure(
                quick.reserve(Reservations.of(new AttemptId("late", 1), List.of(LIMIT), ONE)),
                "no answer within 100 ms");
        server.thaw();

        // Ends as soon as the late grant has come and was given back; hangs if it isn't.
        while (server.ask(redis -> redis.get("{tierway:faults}:a:late#1")) == null) {
            Thread.onSpinWait();
        }
        while (!"E".equals(server.ask(redis -> redis.get("{tierway:faults}:a:late#1")))) {
            Thread.onSpinWait();
        }
        assertThat(available()).isEqualTo(1000);
        hasty.close();
    }

    @Test
    void a_server_that_wants_a_password_gets_one_and_no_message_shows_it() {
        server.ask(redis -> redis.configSet("requirepass", "s3cret-canary"));
        assertFailure(reserve(), "user or password");

        String url = server.url().replace("redis://", "redis://:wrong-canary@");
        try (RedisLink wrong = RedisLink.open(new RedisOptions(url, Duration.ofSeconds(2), "faults"))) {
            Throwable refused = Answers.failure(store(wrong).ping());
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("canary");
            }
        }
        url = server.url().replace("redis://", "redis://:s3cret-canary@");
        try (RedisLink right = RedisLink.open(new RedisOptions(url, Duration.ofSeconds(2), "faults"))) {
            Answers.of(store(right).ping());
            assertThat(right.options().toString()).doesNotContain("canary");
        }
    }

    private CompletionStage<Result> reserve() {
        return store.reserve(Reservations.of(new AttemptId("call" + ++calls, 1), List.of(LIMIT), ONE));
    }

    private long available() {
        return Answers.of(store.left(List.of(LIMIT))).getFirst().available();
    }

    private static <T> CompletionStage<T> untilAnswered(Supplier<CompletionStage<T>> question) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            CompletionStage<T> answer = question.get();
            try {
                Answers.of(answer);
                return answer;
            } catch (CompletionException failed) {
                assertThat(System.nanoTime()).as(failed.getCause().getMessage()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    private static void assertGranted(CompletionStage<Result> result) {
        assertThat(Answers.of(result)).isInstanceOf(Result.Granted.class);
    }

    private static void assertFailure(CompletionStage<?> answer, String words) {
        assertThat(Answers.failure(answer)).isInstanceOf(StoreException.class).hasMessageContaining(words);
    }
}
