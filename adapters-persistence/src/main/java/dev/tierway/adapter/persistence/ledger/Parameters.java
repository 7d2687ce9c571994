package dev.tierway.adapter.persistence.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters one after the other. */
public final class Parameters {
    private final PreparedStatement statement;
    private int last;

    public Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    public void text(@Nullable String value) throws SQLException {
        statement.setString(++last, value);
    }

    public void number(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++last, Types.BIGINT);
        } else {
            statement.setLong(++last, value);
        }
    }

    public void all(List<Object> values) throws SQLException {
        for (Object value : values) {
            statement.setObject(++last, value);
        }
    }
}
