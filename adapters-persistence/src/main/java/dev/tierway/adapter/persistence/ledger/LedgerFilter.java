package dev.tierway.adapter.persistence.ledger;

import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as an SQL condition; says the same as {@link LedgerQuery#matches}.
 *
 * @param condition with a parameter for each of the values, in their order
 */
public record LedgerFilter(String condition, List<Object> values) {
    /** @param hasTag how the store asks whether a row has a tag: parameters are its name and its value */
    public static LedgerFilter of(LedgerQuery query, String hasTag) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        add(conditions, values, "at >= ?", query.sinceEpochMillis());
        add(conditions, values, "at < ?", query.untilEpochMillis());
        query.where().forEach((field, value) -> add(conditions, values, column(field) + " = ?", value));
        query.without().forEach(field -> conditions.add(column(field) + " IS NULL"));
        AttemptOutcome outcome = query.outcome();
        if (outcome != null) {
            conditions.add(is(outcome));
        }
        query.tags().forEach((name, value) -> {
            conditions.add(hasTag);
            values.add(name);
            values.add(value);
        });
        return new LedgerFilter(conditions.isEmpty() ? "1 = 1" : String.join(" AND ", conditions), values);
    }

    /** Rows from before outcomes were recorded have the one their failure class tells. */
    static String is(AttemptOutcome outcome) {
        String recorded = "outcome = '" + outcome.id() + "'";
        return switch (outcome) {
            case DELIVERED -> "(" + recorded + " OR (outcome IS NULL AND failure IS NULL))";
            case CANCELLED -> "(" + recorded + " OR (outcome IS NULL AND failure = 'cancelled'))";
            case FAILED -> "(" + recorded + " OR (outcome IS NULL AND failure <> 'cancelled'))";
            case ABANDONED, UNKNOWN -> recorded;
        };
    }

    private static void add(List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    static String column(LedgerField field) {
        return switch (field) {
            case CALL -> "call";
            case REQUEST_ID -> "request";
            case REPLICA -> "replica";
            case PROVIDER -> "provider";
            case MODEL -> "model";
            case KEY -> "key";
            case AGENT -> "agent";
            case WORKFLOW -> "workflow";
            case USER -> "user_name";
            case SESSION -> "session";
        };
    }
}
