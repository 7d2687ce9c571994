package dev.tierway.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** {@code tierway doctor} and real servers: there, gone, and with the wrong password. */
final class DoctorStoresIT {
    private static final String CONFIG = """
        providers: [ { id: vendor, kind: simulated } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: vendor } ] } ]
        storage: %s
        """;
    private static final String REDIS = "{ quota: { store: redis, url: \"redis://:%s@127.0.0.1:%d\", timeout: 5s } }";
    private static final String POSTGRES =
            "{ quota: { store: postgresql, url: \"postgresql://localhost:%d/postgres\", user: guarded, password: %s }"
                    + " }";

    @TempDir
    Path folder;

    @Test
    void redis_there_with_the_wrong_password_and_gone() throws IOException {
        int port = freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("requirepass right-canary")
                .build();
        server.start();
        try {
            passes(REDIS.formatted("right-canary", port), "Redis at 127.0.0.1:" + port + " answers");
            fails(REDIS.formatted("wrong-canary", port), "refuses our user or password");
        } finally {
            server.stop();
        }
        fails(REDIS.formatted("right-canary", port), "not connected");
    }

    @Test
    void postgresql_there_with_the_wrong_password_and_gone() throws IOException, SQLException {
        int port;
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            port = server.getPort();
            guard(server);
            passes(POSTGRES.formatted(port, "right-canary"), "/postgres answers: PostgreSQL ");
            fails(POSTGRES.formatted(port, "wrong-canary"), "it refuses this user or password");
        }
        fails(POSTGRES.formatted(port, "right-canary"), "it can't be reached");
    }

    private void passes(String storage, String words) throws IOException {
        Terminal.Result result = doctor(storage);
        assertThat(result.out()).contains(words).doesNotContain("canary");
        assertThat(result.status()).isZero();
    }

    private void fails(String storage, String words) throws IOException {
        Terminal.Result result = doctor(storage);
        assertThat(result.out()).contains("fail", words).doesNotContain("canary");
        assertThat(result.status()).isEqualTo(1);
    }

    private Terminal.Result doctor(String storage) throws IOException {
        Files.writeString(folder.resolve("tierway.yaml"), CONFIG.formatted(storage));
        return new Terminal(folder).type("doctor");
    }

    /** A user who needs a password: the server of tests believes everybody. */
    private static void guard(EmbeddedPostgres server) throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE guarded LOGIN PASSWORD 'right-canary'");
            Path rules = Path.of(one(statement, "SHOW hba_file"));
            Files.writeString(rules, "host all guarded all scram-sha-256\n" + Files.readString(rules));
            String loaded = one(statement, "SELECT pg_conf_load_time()");
            statement.execute("SELECT pg_reload_conf()");
            while (one(statement, "SELECT pg_conf_load_time()").equals(loaded)) {
                Thread.onSpinWait();
            }
        }
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
