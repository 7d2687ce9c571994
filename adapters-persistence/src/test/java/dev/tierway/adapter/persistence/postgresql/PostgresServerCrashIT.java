package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A server that crashes has forgotten what was in its memory alone. */
class PostgresServerCrashIT {
    private static final Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.TOTAL.limit(1000));

    @Test
    void a_crash_of_the_server_forgets_no_money_and_the_store_finds_it_again() throws IOException, SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                PostgresDatabase database = PostgresDatabase.open(PostgresOptions.at(
                        "postgresql://localhost:" + server.getPort() + "/postgres", "postgres", null, 4));
                PostgresQuotaStore store = new PostgresQuotaStore(
                        database,
                        System::currentTimeMillis,
                        ZoneOffset.UTC,
                        QuotaTimes.of(Duration.ofMinutes(10)),
                        "one",
                        (memo, estimate) -> {})) {
            int spent = 0;
            for (int crash = 0; crash < 3; crash++) {
                for (int call = 0; call < 5; call++) {
                    AttemptId attempt = new AttemptId("crash" + crash + "-call" + call, 1);
                    patiently(() -> store.reserve(Reservations.of(attempt, List.of(BUDGET), usd(10))));
                    patiently(() -> store.settle(attempt, usd(7)));
                    spent += 7;
                }
                killOneProcess(server);

                assertThat(patiently(() -> store.left(List.of(BUDGET)))
                                .getFirst()
                                .available())
                        .isEqualTo(1000 - spent);
            }
        }
    }

    /** One that dies takes all others with it, and what was only in their memory. */
    private static void killOneProcess(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = connected(server);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            ProcessHandle.of(row.getLong(1)).orElseThrow().destroyForcibly();
        }
    }

    /** The crash before may not be over: the server takes no connections while it recovers. */
    private static Connection connected(EmbeddedPostgres server) throws SQLException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return server.getPostgresDatabase().getConnection();
            } catch (SQLException recovering) {
                if (System.nanoTime() > until) {
                    throw recovering;
                }
            }
        }
    }

    /** As often as it takes: what is asked for again by the same attempt is done once. */
    private static <T> T patiently(Supplier<CompletionStage<T>> asking) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return Answers.of(asking.get());
            } catch (CompletionException recovering) {
                assertThat(System.nanoTime()).as("still %s", recovering).isLessThan(until);
            }
        }
    }

    private static Amounts usd(long nano) {
        return new Amounts(1, 0, 0, new NanoUsd(nano));
    }
}
