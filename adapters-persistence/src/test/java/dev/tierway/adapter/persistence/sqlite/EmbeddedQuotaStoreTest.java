package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedQuotaStoreTest implements QuotaStoreContract {
    private static final Descriptor DAILY =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 100, Duration.ofDays(1)));
    private static final Amounts ESTIMATE = new Amounts(1, 10, 20, new NanoUsd(400), new NanoUsd(300));

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<AttemptMemo> expired = new ArrayList<>();
    private final List<Amounts> estimates = new ArrayList<>();
    private QuotaFiles files;

    @BeforeEach
    void open() {
        files = open(folder.resolve("tierway.db"));
    }

    @AfterEach
    void close() {
        files.close();
    }

    private QuotaFiles open(Path path) {
        return QuotaFiles.open(path, clock, RESERVATION, (memo, estimate) -> {
            expired.add(memo);
            estimates.add(estimate);
        });
    }

    @Override
    public EmbeddedQuotaStore store() {
        return files.store();
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Test
    void after_a_restart_long_limits_go_on_and_minutes_begin_anew() {
        for (int call = 1; call <= 3; call++) {
            assertGranted(reserve(call, DAILY, BUDGET, REQUESTS, SLOTS));
            Answers.of(store().settle(attempt(call), usd(100)));
        }
        restart();

        assertThat(store().used(DAILY)).isEqualTo(3);
        assertThat(store().used(BUDGET)).isEqualTo(300);
        assertThat(store().used(REQUESTS)).isZero();
        clock.advance(Duration.ofMinutes(15));
        assertThat(store().used(DAILY)).isEqualTo(2);
    }

    @Test
    void a_bucket_drains_while_nobody_runs_and_a_wall_clock_that_steps_back_only_keeps_it_fuller() {
        for (int call = 1; call <= 10; call++) {
            assertGranted(reserve(call, DAILY));
        }
        files.close();
        clock.advance(Duration.ofHours(1));
        open();
        assertThat(store().used(DAILY)).isEqualTo(6);

        assertGranted(reserve(11, DAILY));
        files.close();
        clock.stepWall(Duration.ofHours(-2));
        open();
        assertThat(store().used(DAILY)).isEqualTo(7);
    }

    @Test
    void what_was_open_when_the_process_died_stays_charged_and_is_told_to_the_account_book() {
        assertGranted(reserve(1, DAILY, BUDGET, SLOTS));
        assertGranted(reserve(2, DAILY, BUDGET));
        Answers.of(store().refund(attempt(2), Extent.ALL));
        crash();

        assertThat(expired).containsExactly(Reservations.memo(attempt(1)));
        assertThat(estimates).containsExactly(ESTIMATE);
        assertThat(store().used(DAILY)).isEqualTo(1);
        assertThat(store().used(BUDGET)).isEqualTo(400);
        assertGranted(reserve(3, SLOTS));
        Answers.of(store().settle(attempt(1), usd(0)));
        assertThat(store().used(BUDGET)).isEqualTo(400);

        expired.clear();
        crash();
        assertThat(expired).isEmpty();
        assertThat(store().used(BUDGET)).isEqualTo(400);
    }

    @Test
    void what_was_settled_and_is_not_in_the_account_book_yet_is_told_to_it() {
        assertGranted(reserve(1, BUDGET));
        Answers.of(store().settle(attempt(1), usd(100)));
        crash();

        assertThat(expired).containsExactly(Reservations.memo(attempt(1)));
        assertThat(store().used(BUDGET)).isEqualTo(100);
    }

    @Test
    void what_was_settled_long_enough_ago_is_over() {
        assertGranted(reserve(1, BUDGET));
        Answers.of(store().settle(attempt(1), usd(100)));
        clock.advance(Duration.ofSeconds(2));
        Answers.of(files.database().keepHouse());
        crash();

        assertThat(expired).isEmpty();
        assertThat(store().used(BUDGET)).isEqualTo(100);
    }

    @Test
    void after_an_orderly_end_nothing_settled_is_open() {
        assertGranted(reserve(1, BUDGET));
        Answers.of(store().settle(attempt(1), usd(100)));
        restart();

        assertThat(expired).isEmpty();
    }

    @Test
    void what_the_account_book_knows_already_is_not_told_again() {
        assertGranted(reserve(1, DAILY));
        Answers.of(files.database().write(on -> {
            on.execute("INSERT INTO ledger (call, attempt, request, replica, provider, model, at, duration_nanos)"
                    + " VALUES ('call1', 1, 'r', 'p/m', 'p', 'm', 0, 0)");
            return true;
        }));
        crash();

        assertThat(expired).isEmpty();
    }

    @Test
    void a_torn_write_leaves_usage_and_open_reservations_in_step() throws IOException {
        for (int call = 1; call <= 20; call++) {
            assertGranted(reserve(call, DAILY));
        }
        Path path = files.path();
        long written = Files.size(QuotaFiles.wal(path));
        for (long torn = 0; torn < written; torn += written / 13) {
            expired.clear();
            Path copy = QuotaFiles.asCrashed(path, folder.resolve("torn" + torn + ".db"), torn);
            try (QuotaFiles after = open(copy)) {
                assertThat(after.store().used(DAILY)).isEqualTo(expired.size());
                if (torn == 0) {
                    assertThat(expired).hasSize(20);
                }
            }
        }
    }

    @Test
    void limits_kept_in_memory_never_touch_the_disk() {
        Answers.of(files.database().flush());
        long before = files.database().groups();
        CompletionStage<Result> answer = store().reserve(Reservations.of(
                attempt(1), List.of(REQUESTS, TOKENS, SLOTS, KEY_REQUESTS, KEY_SLOTS, LEARNED), ESTIMATE));

        assertThat(answer.toCompletableFuture()).isCompleted();
        assertThat(store().settle(attempt(1), ESTIMATE).toCompletableFuture()).isCompleted();
        assertThat(files.database().groups()).isEqualTo(before);
    }

    @Test
    void nothing_is_answered_before_it_is_on_disk() throws SQLException {
        CompletableFuture<Result> first;
        CompletableFuture<Result> repeated;
        try (Statements other = otherProgram()) {
            other.execute("BEGIN IMMEDIATE");
            first = ask(1, DAILY);
            repeated = ask(1, DAILY);
            assertThat(ask(2, REQUESTS)).isCompleted();
            assertThat(first).isNotDone();
            assertThat(repeated).isNotDone();
            other.execute("COMMIT");
        }
        assertGranted(Answers.of(first));
        assertGranted(Answers.of(repeated));
        assertThat(store().used(DAILY)).isEqualTo(1);
    }

    @Test
    void while_the_disk_is_full_nothing_is_granted_and_afterwards_nothing_is_wrong() {
        assertGranted(reserve(1, DAILY, BUDGET));
        CompletableFuture<Void> room = new CompletableFuture<>();
        fillTheDiskUntil(room);
        CompletableFuture<Result> refused = ask(2, DAILY, BUDGET);

        assertThat(Answers.failure(refused))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the disk is full");
        assertThat(Answers.failure(ask(3, DAILY))).hasMessageContaining("the disk is full");
        assertGranted(reserve(4, REQUESTS));
        assertThat(store().used(DAILY)).isEqualTo(1);
        assertThat(store().used(BUDGET)).isEqualTo(400);
        CompletionStage<?> settled = store().settle(attempt(1), usd(100));

        room.complete(null);
        Answers.of(files.database().flush());
        assertGranted(reserve(2, DAILY));
        crash();
        assertThat(settled.toCompletableFuture()).isDone();
        assertThat(store().used(DAILY)).isEqualTo(2);
        assertThat(store().used(BUDGET)).isEqualTo(100);
        assertThat(expired).containsExactlyInAnyOrder(Reservations.memo(attempt(1)), Reservations.memo(attempt(2)));
    }

    @Test
    void when_the_connection_may_not_write_any_more_it_is_opened_anew() {
        Answers.of(files.database().write(on -> {
            on.execute("PRAGMA query_only = 1");
            return true;
        }));

        assertGranted(reserve(1, DAILY));
        crash();
        assertThat(store().used(DAILY)).isEqualTo(1);
    }

    @Test
    void a_second_process_counts_no_long_limits_until_the_first_is_gone() {
        assertGranted(reserve(1, DAILY));
        QuotaFiles first = files;
        files = open(first.path());

        assertThat(Answers.failure(ask(2, DAILY)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("another gateway counts long limits and budgets in " + first.path());
        assertThat(Answers.failure(store().left(List.of(DAILY)))).isInstanceOf(StoreException.class);
        assertGranted(reserve(2, REQUESTS));
        assertThat(expired).isEmpty();

        first.close();
        clock.advance(Duration.ofSeconds(1));
        assertGranted(reserve(3, DAILY));
        assertThat(store().used(DAILY)).isEqualTo(2);
        assertThat(expired).containsExactly(Reservations.memo(attempt(1)));
    }

    @Test
    void what_is_at_rest_is_forgotten_on_disk() {
        for (int call = 1; call <= 50; call++) {
            Descriptor own =
                    new Descriptor("key:" + call, Side.CALLER, Limit.per(Dimension.REQUESTS, 100, Duration.ofHours(1)));
            assertGranted(reserve(call, own));
            Answers.of(store().settle(attempt(call), ESTIMATE));
        }
        clock.advance(Duration.ofSeconds(2));
        assertGranted(reserve(51, DAILY));
        assertThat(rows("quota_usage")).isEqualTo(51);
        assertThat(rows("quota_open")).isEqualTo(1);
        clock.advance(RESERVATION.plusMinutes(1));
        Answers.of(files.database().keepHouse());

        assertThat(rows("quota_usage")).isEqualTo(1);
    }

    private void restart() {
        files.close();
        open();
    }

    private void crash() {
        Answers.of(files.database().flush());
        Path copy = QuotaFiles.asCrashed(files.path(), folder.resolve("crashed" + System.nanoTime() + ".db"), 0);
        files.close();
        files = open(copy);
    }

    private void fillTheDiskUntil(CompletableFuture<Void> room) {
        files.database().submit(on -> {
            on.execute("PRAGMA max_page_count = " + (room.isDone() ? 1_000_000 : 1));
            on.execute("CREATE TABLE IF NOT EXISTS filler (text TEXT)");
            on.execute("INSERT INTO filler (text) VALUES ('" + "long".repeat(100_000) + "')");
        });
    }

    private Statements otherProgram() throws SQLException {
        return new Statements(
                new SqliteFile(files.path(), Duration.ofMillis(50), getClass().getClassLoader()).writer());
    }

    private int rows(String table) {
        return Answers.of(files.database().readLatest(from -> {
            try (ResultSet found =
                    from.connection().prepare("SELECT count(*) FROM " + table).executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }));
    }

    private CompletableFuture<Result> ask(int call, Descriptor... limits) {
        return store().reserve(Reservations.of(attempt(call), List.of(limits), ESTIMATE))
                .toCompletableFuture();
    }

    private Result reserve(int call, Descriptor... limits) {
        return Answers.of(ask(call, limits));
    }

    private static void assertGranted(Result result) {
        assertThat(result).isInstanceOf(Result.Granted.class);
    }

    private static AttemptId attempt(int call) {
        return new AttemptId("call" + call, 1);
    }

    private static Amounts usd(long nano) {
        return new Amounts(1, 0, 0, new NanoUsd(nano));
    }
}
