package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.CallLedgerContract;
import dev.tierway.adapter.persistence.LedgerRows;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallLedgerTest implements CallLedgerContract {
    private final ManualClock clock = new ManualClock();

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteCallLedger ledger;

    @BeforeEach
    void open() {
        open(Duration.ofSeconds(20));
    }

    private void open(Duration busy) {
        database = SqliteDatabase.open(
                new SqliteOptions(path(), 1_000_000, Duration.ofMillis(2), busy, 2, Duration.ofSeconds(30)));
        ledger = ledger(new Retention(1_000_000, Duration.ofDays(36_500)));
    }

    private Path path() {
        return folder.resolve("new/tierway.db");
    }

    private SqliteCallLedger ledger(Retention retention) {
        return new SqliteCallLedger(database, retention, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public CallLedger ledger() {
        return ledger;
    }

    private List<LedgerRow> latest(int limit) {
        return Answers.of(ledger.query(LedgerQuery.ALL, limit, LedgerCursor.NEWEST))
                .rows();
    }

    @Test
    void rows_outlive_the_process_that_closed_properly() {
        for (int n = 0; n < 3000; n++) {
            ledger.append(LedgerRows.full(n));
        }
        database.close();
        open();

        assertThat(latest(5000)).hasSize(3000).startsWith(LedgerRows.full(2999));
    }

    @Test
    void while_the_file_cannot_be_written_what_was_written_before_is_shown() throws Exception {
        ledger.append(LedgerRows.bare(1));
        assertThat(latest(10)).containsExactly(LedgerRows.bare(1));
        database.close();
        open(Duration.ofMillis(50));

        SqliteFile file =
                new SqliteFile(path(), Duration.ofMillis(50), getClass().getClassLoader());
        try (Statements other = new Statements(file.writer())) {
            other.execute("BEGIN IMMEDIATE");
            ledger.append(LedgerRows.bare(2));
            assertThat(latest(10)).containsExactly(LedgerRows.bare(1));
            other.execute("COMMIT");
        }
        ledger.close();
        assertThat(latest(10)).containsExactly(LedgerRows.bare(2), LedgerRows.bare(1));
    }

    @Test
    void no_more_rows_are_kept_than_retention_says() {
        ledger(new Retention(100, Duration.ofDays(36_500)));
        for (int n = 0; n < 3000; n++) {
            ledger.append(LedgerRows.bare(n));
        }
        Answers.of(database.keepHouse());

        assertThat(latest(5000)).hasSize(100).startsWith(LedgerRows.bare(2999));
    }

    @Test
    void rows_older_than_retention_says_are_dropped() {
        ledger(new Retention(1_000_000, Duration.ofDays(1)));
        ledger.append(LedgerRows.bare(1));
        Answers.of(database.keepHouse());

        assertThat(latest(10)).isEmpty();
    }

    @Test
    void a_file_of_an_older_version_keeps_its_rows_and_gets_what_they_can_tell() throws Exception {
        database.close();
        Path older = folder.resolve("older.db");
        SqliteFile file =
                new SqliteFile(older, Duration.ofMillis(50), getClass().getClassLoader());
        try (Statements on = new Statements(file.writer())) {
            Schema.migrate(on, Migration.ALL.subList(0, 3), file);
            on.execute(
                    "INSERT INTO ledger (call, attempt, request, replica, provider, model, at, duration_nanos, input,"
                            + " cached_input, cache_write, output, reasoning, counted, cost_nano_usd, failure) VALUES"
                            + " ('c', 1, 'r', 'p/m', 'p', 'm', 5000, 2000000000, 10, 0, 0, 5, 0, 'REPORTED', 7, NULL),"
                            + " ('c', 2, 'r', 'p/m', 'p', 'm', 6000, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                            + " 'timeout'), ('d', 1, 'r', 'p/m', 'p', 'm', 7000, 0, NULL, NULL, NULL, NULL, NULL, NULL,"
                            + " NULL, 'cancelled')");
        }
        database = SqliteDatabase.open(SqliteOptions.at(older));
        ledger = ledger(new Retention(1_000_000, Duration.ofDays(36_500)));
        ledger.append(LedgerRows.full(1));

        assertThat(latest(10))
                .extracting(LedgerRow::outcome)
                .containsExactly(
                        AttemptOutcome.DELIVERED,
                        AttemptOutcome.CANCELLED,
                        AttemptOutcome.FAILED,
                        AttemptOutcome.DELIVERED);
        LedgerRow first = latest(10).getLast();
        assertThat(first.timing().startEpochMillis()).isEqualTo(3000);
        assertThat(first.usage().output()).isEqualTo(5);
        assertThat(first.origin().tags()).isEmpty();
        assertThat(Answers.of(ledger.query(LedgerQuery.ALL.outcome(AttemptOutcome.FAILED), 10, LedgerCursor.NEWEST))
                        .rows())
                .extracting(row -> row.attempt().n())
                .containsExactly(2);
        assertThat(Answers.of(ledger.totals(LedgerQuery.ALL, LedgerGroup.MODEL))
                        .all()
                        .attempts())
                .containsEntry(AttemptOutcome.DELIVERED, 2L)
                .containsEntry(AttemptOutcome.CANCELLED, 1L);
    }

    @Test
    void a_time_is_found_among_numbers_that_have_gaps() {
        for (int n = 0; n < 500; n++) {
            ledger.append(LedgerRows.endedAt(LedgerRows.bare(n), LedgerRows.AT + n * 3_600_000L));
        }
        ledger(new Retention(400, Duration.ofDays(36_500)));
        Answers.of(database.keepHouse());

        for (int from : new int[] {0, 99, 100, 101, 250, 498, 499, 500}) {
            LedgerQuery two = LedgerQuery.ALL
                    .since(LedgerRows.AT + from * 3_600_000L)
                    .until(LedgerRows.AT + (from + 2) * 3_600_000L);
            assertThat(Answers.of(ledger.query(two, 10, LedgerCursor.NEWEST)).rows())
                    .as("from %s", from)
                    .hasSize(Math.clamp(Math.min(from + 2, 500) - Math.max(from, 100), 0, 2));
        }
    }
}
