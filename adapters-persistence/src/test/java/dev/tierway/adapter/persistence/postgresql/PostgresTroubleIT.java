package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong between a gateway and its server, and what people are told. */
class PostgresTroubleIT {
    private static final Descriptor TOKENS =
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.TOKENS, 100, Duration.ofDays(1000)));

    private final String name = PostgresServer.database();

    private static PostgresOptions impatient(PostgresUrl url, String user, String password) {
        return new PostgresOptions(
                url, user, password, 1, Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(300));
    }

    private PostgresUrl url() {
        return PostgresUrl.parse("postgresql://localhost:" + PostgresServer.port() + "/" + name);
    }

    private static PostgresQuotaStore store(PostgresDatabase database) {
        return new PostgresQuotaStore(
                database,
                System::currentTimeMillis,
                ZoneOffset.UTC,
                QuotaTimes.of(Duration.ofMinutes(10)),
                "one",
                (memo, estimate) -> {});
    }

    private static Result reserve(PostgresQuotaStore store, int call) {
        return Answers.of(store.reserve(Reservations.of(
                new AttemptId("call" + call, 1), List.of(TOKENS), new Amounts(1, 10, 0, NanoUsd.ZERO))));
    }

    @Test
    void connections_the_server_cut_are_replaced_without_anybody_noticing() {
        try (PostgresDatabase database = PostgresServer.open(name);
                PostgresQuotaStore store = store(database)) {
            reserve(store, 1);
            for (int call = 2; call <= 6; call++) {
                PostgresServer.execute(name, cut("tierway"));
                assertThat(reserve(store, call)).isInstanceOf(Result.Granted.class);
            }
            assertThat(Answers.of(store.left(List.of(TOKENS))).getFirst().available())
                    .isEqualTo(40);
            assertThat(database.storeUp()).isTrue();
        }
    }

    @Test
    void a_row_that_somebody_locks_for_long_and_a_pool_without_connections_are_clear_errors() throws SQLException {
        try (PostgresDatabase database = PostgresDatabase.open(impatient(url(), "postgres", null));
                PostgresQuotaStore store = store(database)) {
            reserve(store, 1);
            try (Connection other = PostgresServer.connection(name);
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("SELECT * FROM quota_usage FOR UPDATE");
                var slow = store.reserve(Reservations.of(
                        new AttemptId("slow", 1), List.of(TOKENS), new Amounts(1, 10, 0, NanoUsd.ZERO)));
                var waiting = store.settle(new AttemptId("call1", 1), new Amounts(1, 10, 0, NanoUsd.ZERO));

                assertThat(Answers.failure(slow)).isInstanceOf(StoreException.class);
                assertThat(Answers.failure(waiting)).isInstanceOf(StoreException.class);
                assertThat(database.storeUp()).isFalse();
                other.rollback();
            }
            assertThat(reserve(store, 2)).isInstanceOf(Result.Granted.class);
            assertThat(database.storeUp()).isTrue();
        }
    }

    @Test
    void deadlocks_and_serialization_failures_are_tried_again() {
        PostgresServer.open(name).close();
        PostgresServer.execute(
                name,
                "CREATE SEQUENCE troubles",
                "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN CASE nextval('troubles') WHEN"
                    + " 1 THEN RAISE EXCEPTION 'in the way' USING ERRCODE = '40P01'; WHEN 2 THEN RAISE EXCEPTION 'in"
                    + " the way' USING ERRCODE = '40001'; ELSE RETURN NEW; END CASE; END $$",
                "CREATE TRIGGER trouble BEFORE INSERT ON quota_reservation FOR EACH ROW EXECUTE FUNCTION trouble()");
        try (PostgresDatabase database = PostgresServer.open(name);
                PostgresQuotaStore store = store(database)) {
            assertThat(reserve(store, 1)).isInstanceOf(Result.Granted.class);
            assertThat(Answers.of(store.left(List.of(TOKENS))).getFirst().available())
                    .isEqualTo(90);
        }
        assertThat(PostgresServer.number(name, "SELECT last_value FROM troubles"))
                .isEqualTo(3);
    }

    @Test
    void a_server_that_may_not_write_is_said_so() {
        try (PostgresDatabase database = PostgresServer.open(name);
                PostgresQuotaStore store = store(database)) {
            PostgresServer.execute(
                    "postgres", "ALTER DATABASE " + name + " SET default_transaction_read_only = on", cut("tierway"));
            var refused = store.reserve(
                    Reservations.of(new AttemptId("call", 1), List.of(TOKENS), new Amounts(1, 10, 0, NanoUsd.ZERO)));

            assertThat(Answers.failure(refused)).hasMessageContaining("it is read-only: is it a standby?");
            assertThat(database.storeUp()).isFalse();
        }
    }

    private String cut(String application) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + application
                + "' AND datname = '" + name + "'";
    }

    @Test
    void a_server_that_is_not_there_is_said_so_at_once() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = nobody.getLocalPort();
        }
        PostgresUrl url = PostgresUrl.parse("postgresql://localhost:" + port + "/x");

        assertThatThrownBy(() -> PostgresDatabase.open(impatient(url, "postgres", null)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("can't open postgresql://localhost:" + port + "/x: it can't be reached");
    }

    @Test
    void a_database_that_does_not_exist_is_named() {
        PostgresUrl url = PostgresUrl.parse("postgresql://localhost:" + PostgresServer.port() + "/nowhere");

        assertThatThrownBy(() -> PostgresDatabase.open(impatient(url, "postgres", null)))
                .hasMessage("can't open " + url + ": it has no such database: create it, or correct the url");
    }

    @Test
    void a_wrong_password_is_an_error_that_does_not_tell_it() throws IOException {
        Path rules = Path.of(hbaFile());
        Files.writeString(rules, "host all guarded all scram-sha-256\n" + Files.readString(rules));
        String loaded = "SELECT (extract(epoch FROM pg_conf_load_time()) * 1000000)::bigint";
        long before = PostgresServer.number(name, loaded);
        PostgresServer.execute(name, "CREATE ROLE guarded LOGIN PASSWORD 'right'", "SELECT pg_reload_conf()");
        while (PostgresServer.number(name, loaded) == before) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> PostgresDatabase.open(impatient(url(), "guarded", "canary-secret")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it refuses this user or password")
                .satisfies(error -> {
                    for (Throwable one = error; one != null; one = one.getCause()) {
                        assertThat(one.toString()).doesNotContain("canary-secret");
                    }
                });
        assertThat(impatient(url(), "guarded", "canary-secret").toString()).doesNotContain("canary-secret");
    }

    private String hbaFile() {
        try (Connection connection = PostgresServer.connection(name);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
