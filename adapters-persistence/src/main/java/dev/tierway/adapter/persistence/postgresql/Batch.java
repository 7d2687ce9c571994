package dev.tierway.adapter.persistence.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows of a group, sent together: one batch per statement. */
final class Batch implements AutoCloseable {
    private final Connection connection;
    private final Map<String, Arguments> statements = new LinkedHashMap<>();

    Batch(Connection connection) {
        this.connection = connection;
    }

    /** The statement for one more row; complete it with {@link Arguments#next}. */
    Arguments row(String sql) throws SQLException {
        Arguments known = statements.get(sql);
        if (known == null) {
            known = new Arguments(connection, sql);
            statements.put(sql, known);
        }
        return known;
    }

    void execute() throws SQLException {
        for (Arguments one : statements.values()) {
            PreparedStatement statement = one.statement();
            statement.executeBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Arguments one : statements.values()) {
            one.close();
        }
    }
}
