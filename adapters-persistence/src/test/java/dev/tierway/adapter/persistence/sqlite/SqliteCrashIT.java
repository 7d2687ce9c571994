package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.LedgerRows;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Kill −9 in the middle of writing: what was acknowledged is there, once, and the file is sound. */
class SqliteCrashIT {
    private static final Retention MUCH = new Retention(10_000_000, Duration.ofDays(36_500));
    private static final int GROUP = 37;

    @TempDir
    Path folder;

    /** The one who dies: appends for ever, and prints how many rows are acknowledged. */
    static final class Victim {
        public static void main(String[] args) {
            SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(Path.of(args[0])));
            SqliteCallLedger ledger = new SqliteCallLedger(database, MUCH, new ManualClock());
            for (int n = 0; ; n++) {
                ledger.append(LedgerRows.full(n));
                if (n % GROUP == GROUP - 1) {
                    Answers.of(database.flush());
                    System.out.println(n + 1);
                }
            }
        }
    }

    @RepeatedTest(5)
    void acknowledged_rows_survive_kill_9(RepetitionInfo repetition) throws Exception {
        Path file = folder.resolve("tierway.db");
        int acknowledged = appendAndDie(file, 5 * repetition.getCurrentRepetition());

        try (SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(file))) {
            SqliteCallLedger ledger = new SqliteCallLedger(database, MUCH, new ManualClock());
            List<LedgerRow> rows = latest(ledger, 1_000_000);
            assertThat(rows.size()).isGreaterThanOrEqualTo(acknowledged);
            for (int n = 0; n < rows.size(); n++) {
                assertThat(rows.get(rows.size() - 1 - n)).isEqualTo(LedgerRows.full(n));
            }
            ledger.append(LedgerRows.bare(1));
            assertThat(latest(ledger, 1)).containsExactly(LedgerRows.bare(1));
        }
    }

    private static List<LedgerRow> latest(SqliteCallLedger ledger, int limit) {
        return Answers.of(ledger.query(LedgerQuery.ALL, limit, LedgerCursor.NEWEST))
                .rows();
    }

    private static int appendAndDie(Path file, int lines) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Victim.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int acknowledged = 0;
        try (BufferedReader output = victim.inputReader(StandardCharsets.UTF_8)) {
            for (int n = 0; n < lines; n++) {
                acknowledged = Integer.parseInt(output.readLine());
            }
            // By its handle: killing it through the process would close what it has already written.
            victim.toHandle().destroyForcibly();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                acknowledged = Integer.parseInt(line);
            }
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.exitValue()).as("killed, not ended").isEqualTo(137);
        return acknowledged;
    }
}
