package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.CallLedgerContract;
import dev.tierway.adapter.persistence.LedgerRows;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CallLedger;
import java.nio.file.Path;
import java.time.Duration;
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
        database = SqliteDatabase.open(new SqliteOptions(
                path(), 1_000_000, Duration.ofMillis(2), Duration.ofMillis(50), 2, Duration.ofSeconds(30)));
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

    @Test
    void rows_outlive_the_process_that_closed_properly() {
        for (int n = 0; n < 3000; n++) {
            ledger.append(LedgerRows.full(n));
        }
        database.close();
        open();

        assertThat(Answers.of(ledger.latest(5000))).hasSize(3000).startsWith(LedgerRows.full(2999));
    }

    @Test
    void while_the_file_cannot_be_written_what_was_written_before_is_shown() throws Exception {
        ledger.append(LedgerRows.bare(1));
        assertThat(Answers.of(ledger.latest(10))).containsExactly(LedgerRows.bare(1));

        SqliteFile file =
                new SqliteFile(path(), Duration.ofMillis(50), getClass().getClassLoader());
        try (Statements other = new Statements(file.writer())) {
            other.execute("BEGIN IMMEDIATE");
            ledger.append(LedgerRows.bare(2));
            assertThat(Answers.of(ledger.latest(10))).containsExactly(LedgerRows.bare(1));
            other.execute("COMMIT");
        }
        ledger.close();
        assertThat(Answers.of(ledger.latest(10))).containsExactly(LedgerRows.bare(2), LedgerRows.bare(1));
    }

    @Test
    void no_more_rows_are_kept_than_retention_says() {
        ledger(new Retention(100, Duration.ofDays(36_500)));
        for (int n = 0; n < 3000; n++) {
            ledger.append(LedgerRows.bare(n));
        }
        Answers.of(database.keepHouse());

        assertThat(Answers.of(ledger.latest(5000))).hasSize(100).startsWith(LedgerRows.bare(2999));
    }

    @Test
    void rows_older_than_retention_says_are_dropped() {
        ledger(new Retention(1_000_000, Duration.ofDays(1)));
        ledger.append(LedgerRows.bare(1));
        Answers.of(database.keepHouse());

        assertThat(Answers.of(ledger.latest(10))).isEmpty();
    }
}
