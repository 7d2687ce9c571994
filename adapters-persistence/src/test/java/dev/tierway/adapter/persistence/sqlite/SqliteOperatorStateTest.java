package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.AuditLogContract;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.OperatorStateContract;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators' orders and the audit trail in the embedded store. */
class SqliteOperatorStateTest implements OperatorStateContract, AuditLogContract {
    private final ManualClock clock = new ManualClock();

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteOperatorState state;
    private SqliteAuditLog audit;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(SqliteOptions.at(path()));
        state = new SqliteOperatorState(database);
        audit = new SqliteAuditLog(database, new Retention(1000, Duration.ofDays(36_500)), clock);
    }

    private Path path() {
        return folder.resolve("tierway.db");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public OperatorState state() {
        return state;
    }

    @Override
    public AuditLog audit() {
        return audit;
    }

    @Test
    void orders_and_entries_outlive_the_process_and_numbers_go_on() {
        long before = Answers.of(state.put(OperatorStateContract.drain("a")));
        Answers.of(audit.append(AuditLogContract.entry(1)));
        database.close();
        open();

        assertThat(Answers.of(state.after(0)))
                .containsExactly(new NumberedOrder(before, OperatorStateContract.drain("a")));
        assertThat(Answers.of(audit.latest(10))).containsExactly(AuditLogContract.entry(1));
        assertThat(Answers.of(state.put(OperatorStateContract.drain("a")))).isGreaterThan(before);
    }

    @Test
    void who_has_the_same_file_open_sees_what_others_ordered() {
        try (SqliteDatabase other = SqliteDatabase.open(SqliteOptions.at(path()))) {
            SqliteOperatorState there = new SqliteOperatorState(other);
            long here = Answers.of(state.put(OperatorStateContract.drain("a")));
            long later = Answers.of(there.put(OperatorStateContract.drain("b")));

            assertThat(Answers.of(there.after(0)))
                    .extracting(NumberedOrder::number)
                    .containsExactly(here, later);
            assertThat(Answers.of(state.after(here)))
                    .containsExactly(new NumberedOrder(later, OperatorStateContract.drain("b")));
        }
    }

    @Test
    void an_order_is_not_confirmed_while_the_file_cannot_be_written() throws Exception {
        SqliteFile file =
                new SqliteFile(path(), Duration.ofMillis(50), getClass().getClassLoader());
        CompletableFuture<Long> answer;
        try (Statements other = new Statements(file.writer())) {
            other.execute("BEGIN IMMEDIATE");
            answer = state.put(OperatorStateContract.drain("a")).toCompletableFuture();
            assertThat(Answers.of(state.after(0))).isEmpty();
            assertThat(answer).isNotDone();
            other.execute("ROLLBACK");
        }

        assertThat(Answers.of(answer)).isPositive();
    }

    @Test
    void waiting_for_the_disk_ends_with_words() throws Exception {
        database.close();
        database = SqliteDatabase.open(
                new SqliteOptions(path(), 100, Duration.ofMillis(1), Duration.ofMillis(20), 1, Duration.ofSeconds(30)));
        SqliteFile file =
                new SqliteFile(path(), Duration.ofMillis(50), getClass().getClassLoader());
        try (Statements other = new Statements(file.writer())) {
            other.execute("BEGIN IMMEDIATE");
            assertThat(Answers.failure(new SqliteOperatorState(database).put(OperatorStateContract.drain("a"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("didn't confirm a write");
            other.execute("ROLLBACK");
        }
    }

    @Test
    void a_closed_file_confirms_nothing() {
        database.close();

        assertThat(Answers.failure(state.put(OperatorStateContract.drain("a")))).hasMessageContaining("is closed");
    }

    @Test
    void an_order_of_a_newer_version_is_not_passed_over_in_silence() {
        Answers.of(database.write(on -> {
            on.execute("INSERT INTO operator_order (topic, value, scope, subject, author, at, instance)"
                    + " VALUES ('mood', 'good', 'provider', 'p', 'ann', 1, 'gw-9')");
            return 1;
        }));

        assertThat(Answers.failure(state.after(0)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Tierway");
    }

    @Test
    void old_entries_of_the_trail_are_dropped() {
        SqliteAuditLog small = new SqliteAuditLog(database, new Retention(2, Duration.ofDays(36_500)), clock);
        for (int n = 0; n < 5; n++) {
            Answers.of(small.append(AuditLogContract.entry(n)));
        }
        Answers.of(database.keepHouse());

        assertThat(Answers.of(small.latest(10)))
                .isEqualTo(List.of(AuditLogContract.entry(4), AuditLogContract.entry(3)));
    }
}
