package dev.tierway.adapter.persistence.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL on this machine, one per test run; each test gets a database of its own. */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresServer() {}

    private static final class Started {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("deadlock_timeout", "50ms")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static int port() {
        return Started.SERVER.getPort();
    }

    /** A new, empty database. */
    public static String database() {
        String name = "test" + DATABASES.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name);
        return name;
    }

    static PostgresOptions options(String database, int poolSize) {
        return new PostgresOptions(
                PostgresUrl.parse("postgresql://localhost:" + port() + "/" + database),
                "postgres",
                null,
                poolSize,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20));
    }

    static PostgresDatabase open(String database) {
        return PostgresDatabase.open(options(database, 8));
    }

    static Connection connection(String database) {
        try {
            Connection connection =
                    Started.SERVER.getDatabase("postgres", database).getConnection();
            connection.setSchema(PostgresPool.SCHEMA);
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static void execute(String database, String... sql) {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static long number(String database, String sql) {
        try (Connection connection = connection(database);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
