package dev.tierway.adapter.persistence.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement's arguments, given in order. */
final class Arguments implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;
    private int next = 1;

    Arguments(Connection connection, String sql) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(sql);
    }

    Arguments text(@Nullable String value) throws SQLException {
        statement.setString(next++, value == null ? null : storable(value));
        return this;
    }

    /** The server's text can't hold this one character, and callers choose names. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    Arguments number(int value) throws SQLException {
        statement.setInt(next++, value);
        return this;
    }

    Arguments number(long value) throws SQLException {
        statement.setLong(next++, value);
        return this;
    }

    Arguments flag(boolean value) throws SQLException {
        statement.setBoolean(next++, value);
        return this;
    }

    Arguments number(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(next++, Types.BIGINT);
            return this;
        }
        return number(value.longValue());
    }

    Arguments texts(String[] values) throws SQLException {
        statement.setArray(
                next++,
                connection.createArrayOf(
                        "text", Arrays.stream(values).map(Arguments::storable).toArray()));
        return this;
    }

    Arguments numbers(int[] values) throws SQLException {
        statement.setObject(next++, values);
        return this;
    }

    Arguments numbers(long @Nullable [] values) throws SQLException {
        if (values == null) {
            statement.setNull(next++, Types.ARRAY);
        } else {
            statement.setObject(next++, values);
        }
        return this;
    }

    Arguments flags(boolean[] values) throws SQLException {
        statement.setObject(next++, values);
        return this;
    }

    /** This row's arguments are complete: it goes into the batch. */
    void next() throws SQLException {
        statement.addBatch();
        next = 1;
    }

    PreparedStatement statement() {
        return statement;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
