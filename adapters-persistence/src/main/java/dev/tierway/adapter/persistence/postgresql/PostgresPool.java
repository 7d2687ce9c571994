package dev.tierway.adapter.persistence.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.tierway.adapter.persistence.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections, and the tables they find. The only class that knows the pool and the installer of tables. */
final class PostgresPool implements AutoCloseable {
    static final String SCHEMA = "tierway";
    private static final String MIGRATIONS = "classpath:dev/tierway/adapter/persistence/postgresql/migration";

    private final HikariDataSource connections;

    private PostgresPool(HikariDataSource connections) {
        this.connections = connections;
    }

    /** @throws StoreException saying what to do */
    static PostgresPool open(PostgresOptions options) {
        try {
            installTables(options);
            return new PostgresPool(new HikariDataSource(config(options)));
        } catch (FlywayException | HikariPool.PoolInitializationException e) {
            throw cannotOpen(options, e);
        }
    }

    private static PGSimpleDataSource direct(PostgresOptions options) {
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(options.url().jdbc());
        direct.setUser(options.user());
        direct.setPassword(options.password());
        direct.setConnectTimeout((int) Math.max(1, options.connect().toSeconds()));
        return direct;
    }

    /** The server's version; changes nothing there. */
    static String version(PostgresOptions options) {
        try (Connection connection = direct(options).getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw cannotOpen(options, e);
        }
    }

    /** On connections of its own: it needs several, and time. */
    private static void installTables(PostgresOptions options) {
        Flyway.configure(PostgresPool.class.getClassLoader())
                .dataSource(direct(options))
                .schemas(SCHEMA)
                .table("schema_history")
                .locations(MIGRATIONS)
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    private static HikariConfig config(PostgresOptions options) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("tierway-postgresql");
        config.setDriverClassName(PostgresDrivers.DRIVER);
        config.setJdbcUrl(options.url().jdbc());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolSize());
        config.setConnectionTimeout(options.acquire().toMillis());
        config.setValidationTimeout(Math.min(options.acquire().toMillis(), 500));
        config.setInitializationFailTimeout(1);
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        config.setSchema(SCHEMA);
        config.setConnectionInitSql(
                "SET statement_timeout = " + options.statement().toMillis());
        config.addDataSourceProperty("ApplicationName", "tierway");
        config.addDataSourceProperty("connectTimeout", seconds(options.connect()));
        config.addDataSourceProperty("loginTimeout", seconds(options.connect()));
        // A server that is gone without a word: a little longer than it may think.
        config.addDataSourceProperty(
                "socketTimeout", seconds(options.statement().plusSeconds(1)));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.toSeconds()));
    }

    private static StoreException cannotOpen(PostgresOptions options, Throwable cause) {
        String why = cause.toString();
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof SQLException sql) {
                why = PostgresFault.advice(sql);
            }
        }
        return new StoreException("can't open " + options.url() + ": " + why, cause);
    }

    /** Waits for a connection for at most as long as the options say. */
    Connection connection() throws SQLException {
        return connections.getConnection();
    }

    /** The server cut one connection: others may be dead as well. */
    void suspectAll() {
        connections.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        connections.close();
    }
}
