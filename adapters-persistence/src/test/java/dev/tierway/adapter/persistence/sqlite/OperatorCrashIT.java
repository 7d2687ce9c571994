package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.OperatorStateContract;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.NumberedOrder;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kill −9 while operators order: every order that was acknowledged is there, with its entry in the audit trail. */
class OperatorCrashIT {
    private static final Retention MUCH = new Retention(1_000_000, Duration.ofDays(36_500));

    @TempDir
    Path folder;

    /** The one who dies: orders for ever, and prints each order that is acknowledged. */
    static final class Victim {
        public static void main(String[] args) {
            SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(Path.of(args[0])));
            SqliteOperatorState state = new SqliteOperatorState(database);
            SqliteAuditLog audit = new SqliteAuditLog(database, MUCH, new ManualClock());
            for (int n = 0; ; n++) {
                audit.append(entry(n));
                System.out.println(n + " " + Answers.of(state.put(OperatorStateContract.drain("p" + n))));
            }
        }
    }

    private static AuditEntry entry(int n) {
        return new AuditEntry(1, "gw-1", "ann", "phase", "draining", "provider", "p" + n, null, null);
    }

    @RepeatedTest(3)
    void acknowledged_orders_survive_kill_9() throws Exception {
        Path file = folder.resolve("tierway.db");
        int acknowledged = orderAndDie(file);

        try (SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(file))) {
            List<NumberedOrder> orders = Answers.of(new SqliteOperatorState(database).after(0));
            assertThat(orders.size()).isGreaterThan(acknowledged);
            for (int n = 0; n < orders.size(); n++) {
                assertThat(orders.get(n).given()).isEqualTo(OperatorStateContract.drain("p" + n));
            }
            List<AuditEntry> trail =
                    Answers.of(new SqliteAuditLog(database, MUCH, new ManualClock()).latest(1_000_000));
            assertThat(trail.reversed().subList(0, orders.size()).getLast()).isEqualTo(entry(orders.size() - 1));
        }
    }

    private static int orderAndDie(Path file) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Victim.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "";
        try (BufferedReader output = victim.inputReader(StandardCharsets.UTF_8)) {
            for (int n = 0; n < 20; n++) {
                last = output.readLine();
            }
            // By its handle: killing it through the process would close what it has already written.
            victim.toHandle().destroyForcibly();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // The last line may be cut off; its order was acknowledged all the same.
                last = line.contains(" ") ? line : last;
            }
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.exitValue()).as("killed, not ended").isEqualTo(137);
        return Integer.parseInt(last.substring(0, last.indexOf(' ')));
    }
}
