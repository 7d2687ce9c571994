package dev.tierway.adapter.persistence.decision;

import dev.tierway.application.port.out.DecisionLog;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query as an SQL condition on a table called {@code d}; says the same as {@link DecisionFacts#matches}. */
public record DecisionFilter(String condition, List<Object> values) {
    /** @param before only decisions with smaller numbers */
    public static DecisionFilter of(DecisionLog.Query query, long before) {
        StringBuilder condition = new StringBuilder("d.number < ?");
        List<Object> values = new ArrayList<>();
        values.add(before);
        and(condition, values, "d.at >= ?", query.sinceEpochMillis());
        and(condition, values, "d.at < ?", query.untilEpochMillis());
        and(condition, values, "d.status = ?", query.status());
        and(condition, values, "d.code = ?", query.code());
        and(condition, values, "d.model = ?", query.model());
        and(condition, values, "d.replica = ?", query.replica());
        and(condition, values, "d.agent = ?", query.agent());
        and(condition, values, "d.key = ?", query.key());
        and(condition, values, "d.spilled = ?", query.spilled());
        return new DecisionFilter(condition.toString(), values);
    }

    private static void and(StringBuilder condition, List<Object> values, String more, @Nullable Object value) {
        if (value != null) {
            condition.append(" AND ").append(more);
            values.add(value);
        }
    }

    /** Sets the values; returns the index of the next parameter. */
    public int bind(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (Object value : values) {
            statement.setObject(index++, value);
        }
        return index;
    }
}
