package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.QuotaStore;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several gateways on one server. */
class SharedLimitsIT {
    private static final Descriptor SLOTS = new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(1));
    private static final Descriptor KEY_SLOTS = new Descriptor("key:k", Side.CALLER, Limit.concurrency(1));
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.HOUR.limit(1000));
    private static final QuotaTimes TIMES = QuotaTimes.of(Duration.ofMinutes(10));

    private final String name = PostgresServer.database();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<AttemptMemo> expired = new ArrayList<>();

    @BeforeEach
    void tables() {
        PostgresServer.open(name).close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    private PostgresQuotaStore store(String instance, WallClock clock) {
        PostgresDatabase database = PostgresServer.open(name);
        PostgresQuotaStore store = new PostgresQuotaStore(
                database, clock, ZoneOffset.UTC, TIMES, instance, (memo, estimate) -> expired.add(memo));
        opened.add(database);
        opened.add(store);
        return store;
    }

    @Test
    void two_gateways_together_never_get_more_than_a_limit_and_never_wait_in_a_circle() {
        List<Descriptor> limits = List.of(
                new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 100, Duration.ofDays(1000))),
                new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(1000)),
                new Descriptor("budget:b", Side.CALLER, Period.TOTAL.limit(1_000_000)),
                new Descriptor("key:k", Side.CALLER, Limit.concurrency(1000)));
        List<PostgresQuotaStore> stores =
                List.of(store("one", System::currentTimeMillis), store("two", System::currentTimeMillis));
        List<CompletionStage<Result>> answers = new ArrayList<>();
        for (int call = 0; call < 500; call++) {
            // Half of them list the limits the other way round, and no row exists before.
            answers.add(stores.get(call % 2)
                    .reserve(Reservations.of(attempt(call), call % 4 < 2 ? limits : limits.reversed(), one())));
        }

        long granted = answers.stream()
                .map(Answers::of)
                .filter(Result.Granted.class::isInstance)
                .count();
        assertThat(granted).isEqualTo(100);
        assertThat(Answers.of(stores.getFirst().left(limits)))
                .extracting(left -> left.available())
                .containsExactly(0L, 900L, 1_000_000L - 100, 900L);
        assertThat(PostgresServer.number(
                        name, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isZero();
    }

    @Test
    void the_same_attempt_asked_for_by_many_at_once_takes_once() {
        PostgresQuotaStore store = store("one", System::currentTimeMillis);
        Descriptor tokens =
                new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 100, Duration.ofDays(1000)));
        List<CompletableFuture<Result>> answers = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            answers.add(store.reserve(Reservations.of(attempt(1), List.of(tokens), new Amounts(1, 60, 0, NanoUsd.ZERO)))
                    .toCompletableFuture());
        }
        answers.forEach(answer -> assertThat(Answers.of(answer)).isInstanceOf(Result.Granted.class));

        assertThat(Answers.of(store.left(List.of(tokens))).getFirst().available())
                .isEqualTo(40);
    }

    @Test
    void clocks_of_gateways_may_be_wrong_by_minutes_or_years_and_step_back() {
        ClockedQuotaStore.replaceClock(name);
        ManualClock server = new ManualClock();
        server.advance(Duration.ofMinutes(2));
        tickOnly(server);
        ManualClock stepping = new ManualClock();
        List<PostgresQuotaStore> stores = List.of(
                store("right", server),
                store(
                        "early",
                        () -> server.epochMillis() - Duration.ofMinutes(5).toMillis()),
                store("late", () -> server.epochMillis() + Duration.ofMinutes(5).toMillis()),
                store("stepping", stepping),
                store("years ago", () -> 0));
        for (int call = 0; call < 10; call++) {
            stepping.stepWall(Duration.ofSeconds(-30));
            assertThat(reserve(stores.get(call % 5), call, 100, BUDGET)).isInstanceOf(Result.Granted.class);
        }
        for (PostgresQuotaStore store : stores) {
            assertThat(reserve(store, 10, 1, BUDGET)).isInstanceOf(Result.Denied.class);
        }
        server.advance(Duration.ofMinutes(58));
        tickOnly(server);
        for (int call = 11; call < 16; call++) {
            assertThat(reserve(stores.get(call % 5), call, 200, BUDGET)).isInstanceOf(Result.Granted.class);
        }
        assertThat(PostgresServer.number(name, "SELECT starts FROM quota_usage"))
                .isEqualTo(server.epochMillis());
    }

    @Test
    void a_server_clock_that_steps_back_changes_nothing_until_it_has_caught_up() {
        ClockedQuotaStore.replaceClock(name);
        ManualClock clock = new ManualClock();
        ClockedQuotaStore store = clocked(store("one", clock), clock);
        Descriptor rate =
                new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 60, Duration.ofMinutes(1)));
        assertThat(reserve(store, 1, 60, rate)).isInstanceOf(Result.Granted.class);
        clock.advance(Duration.ofSeconds(-30));

        assertThat(reserve(store, 2, 1, rate))
                .isInstanceOfSatisfying(
                        Result.Denied.class,
                        denied -> assertThat(denied.retryAfterNanos())
                                .isEqualTo(Duration.ofSeconds(1).toNanos()));
        clock.advance(Duration.ofSeconds(31));
        assertThat(reserve(store, 3, 1, rate)).isInstanceOf(Result.Granted.class);
    }

    @Test
    void what_a_gateway_that_fell_silent_holds_is_free_after_its_lease_and_stays_charged() throws SQLException {
        ClockedQuotaStore.replaceClock(name);
        ManualClock clock = new ManualClock();
        PostgresQuotaStore silent = store("silent", clock);
        PostgresQuotaStore other = store("other", clock);
        ClockedQuotaStore clocked = clocked(other, clock);
        clocked.tick();
        Answers.of(silent.reserve(Reservations.of(
                attempt(1), List.of(SLOTS, KEY_SLOTS, BUDGET), new Amounts(1, 0, 0, new NanoUsd(900)))));
        other.beat();
        assertThat(other.liveInstances()).isEqualTo(2);
        clock.advance(TIMES.lease().minusSeconds(1));
        other.beat();
        assertThat(reserve(clocked, 2, 0, SLOTS)).isInstanceOf(Result.Denied.class);
        clock.advance(Duration.ofSeconds(1));

        assertThat(reserve(clocked, 3, 0, SLOTS, KEY_SLOTS)).isInstanceOf(Result.Granted.class);
        assertThat(reserve(clocked, 4, 101, BUDGET)).isInstanceOf(Result.Denied.class);
        other.beat();
        assertThat(other.liveInstances()).isEqualTo(1);

        // It was only paused: it speaks again, as somebody new, and takes nothing from those who came after.
        Answers.of(silent.settle(attempt(1), one()));
        Answers.of(silent.finish(attempt(1).callId()));
        assertThat(reserve(clocked, 5, 0, SLOTS)).isInstanceOf(Result.Denied.class);
        assertThat(reserve(clocked, 6, 0, KEY_SLOTS)).isInstanceOf(Result.Denied.class);
        Descriptor others = new Descriptor("domain:b", Side.DOMAIN, Limit.concurrency(1));
        assertThat(reserve(silent, 7, 0, others)).isInstanceOf(Result.Granted.class);
        other.beat();
        assertThat(other.liveInstances()).isEqualTo(2);
    }

    @Test
    void who_leaves_frees_its_concurrency_at_once() throws SQLException {
        PostgresQuotaStore leaving = store("leaving", System::currentTimeMillis);
        PostgresQuotaStore other = store("other", System::currentTimeMillis);
        reserve(leaving, 1, 0, SLOTS);
        leaving.close();
        other.sweep();

        assertThat(reserve(other, 2, 0, SLOTS)).isInstanceOf(Result.Granted.class);
    }

    @Test
    void what_nobody_ended_is_told_again_until_somebody_has_heard_it() throws SQLException {
        ClockedQuotaStore.replaceClock(name);
        ManualClock clock = new ManualClock();
        PostgresDatabase database = PostgresServer.open(name);
        opened.add(database);
        PostgresQuotaStore dying =
                new PostgresQuotaStore(database, clock, ZoneId.of("UTC"), TIMES, "dying", (memo, estimate) -> {
                    throw new IllegalStateException("dies here");
                });
        PostgresQuotaStore other = store("other", clock);
        ClockedQuotaStore clocked = clocked(other, clock);
        reserve(clocked, 1, 900, BUDGET);
        clock.advance(TIMES.reservation());
        tickOnly(clock);
        org.assertj.core.api.Assertions.assertThatThrownBy(dying::sweep).hasMessage("dies here");
        other.sweep();
        assertThat(expired).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        tickOnly(clock);
        other.sweep();
        other.sweep();

        assertThat(expired).containsExactly(Reservations.memo(attempt(1)));
    }

    private void tickOnly(ManualClock clock) {
        PostgresServer.execute(
                name, "UPDATE test_clock SET nanos = " + clock.nanos() + ", millis = " + clock.epochMillis());
    }

    @Test
    void rows_nobody_needs_are_forgotten() throws SQLException {
        ClockedQuotaStore.replaceClock(name);
        ManualClock clock = new ManualClock();
        PostgresQuotaStore store = store("one", clock);
        ClockedQuotaStore clocked = clocked(store, clock);
        for (int call = 0; call < 20; call++) {
            Descriptor own = new Descriptor("key:" + call, Side.CALLER, QuotaStoreContract.TOKENS.limit());
            reserve(clocked, call, 100, own, SLOTS);
            Answers.of(clocked.settle(attempt(call), one()));
        }
        reserve(clocked, 50, 900, new Descriptor("budget:total", Side.CALLER, Period.TOTAL.limit(1000)));
        Answers.of(clocked.settle(attempt(50), new Amounts(1, 0, 0, new NanoUsd(900))));
        clock.advance(Duration.ofHours(2));
        clocked.tick();
        store.forget();

        assertThat(PostgresServer.number(name, "SELECT count(*) FROM quota_reservation"))
                .isZero();
        assertThat(PostgresServer.number(name, "SELECT count(*) FROM quota_usage"))
                .isEqualTo(1);
    }

    private ClockedQuotaStore clocked(PostgresQuotaStore store, ManualClock clock) {
        return new ClockedQuotaStore(store, clock, name);
    }

    private static Result reserve(QuotaStore store, int call, long amount, Descriptor... limits) {
        return Answers.of(store.reserve(
                Reservations.of(attempt(call), List.of(limits), new Amounts(1, amount, 0, new NanoUsd(amount)))));
    }

    private static AttemptId attempt(int call) {
        return new AttemptId("call" + call, 1);
    }

    private static Amounts one() {
        return new Amounts(1, 1, 1, new NanoUsd(1));
    }
}
