package dev.tierway.adapter.persistence.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** One connection with the statements prepared on it. Used by one thread at a time. */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    void migrate(SqliteFile file) throws SQLException {
        Schema.migrate(this, Migration.ALL, file);
    }

    /** Prepared once; its parameters are those of the last use. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SQLite may have rolled back by itself; the first error is the one that counts. */
    void rollBack(Exception because) {
        try {
            execute("ROLLBACK");
        } catch (SQLException also) {
            because.addSuppressed(also);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
