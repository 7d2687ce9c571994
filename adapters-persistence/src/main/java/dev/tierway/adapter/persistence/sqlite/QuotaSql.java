package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.memory.UsageKey;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Dimension;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The usage of limits as SQL. */
final class QuotaSql {
    private static final String COLUMNS =
            "owner, dimension, window_nanos, amount, burst, used, reserved, carry, start_at, end_at, at, rest_at";
    private static final String PUT =
            "INSERT INTO quota_usage (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT DO UPDATE SET amount = excluded.amount, burst = excluded.burst,"
                    + " used = excluded.used, reserved = excluded.reserved, carry = excluded.carry,"
                    + " start_at = excluded.start_at, end_at = excluded.end_at, at = excluded.at,"
                    + " rest_at = excluded.rest_at";
    private static final String IN_USE = "SELECT " + COLUMNS + " FROM quota_usage WHERE rest_at > ?";
    private static final String FORGET = "DELETE FROM quota_usage WHERE (owner, dimension, window_nanos) IN"
            + " (SELECT owner, dimension, window_nanos FROM quota_usage WHERE rest_at < ? LIMIT ?)";

    private QuotaSql() {}

    static void put(UsageRow row, Statements on) throws SQLException {
        PreparedStatement put = on.prepare(PUT);
        put.setString(1, row.key().owner());
        put.setString(2, row.key().dimension().id());
        put.setLong(3, row.key().window().toNanos());
        put.setLong(4, row.amount());
        put.setLong(5, row.burst());
        put.setLong(6, row.used());
        put.setLong(7, row.reserved());
        put.setLong(8, row.carry());
        put.setLong(9, row.startMillis());
        put.setLong(10, row.endMillis());
        put.setLong(11, row.atMillis());
        put.setLong(12, row.restMillis());
        put.executeUpdate();
    }

    /** What was not at rest at that time. */
    static List<UsageRow> inUse(long epochMillis, Statements on) throws SQLException {
        PreparedStatement select = on.prepare(IN_USE);
        select.setLong(1, epochMillis);
        List<UsageRow> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(new UsageRow(
                        new UsageKey(
                                found.getString(1), dimension(found.getString(2)), Duration.ofNanos(found.getLong(3))),
                        found.getLong(4),
                        found.getLong(5),
                        found.getLong(6),
                        found.getLong(7),
                        found.getLong(8),
                        found.getLong(9),
                        found.getLong(10),
                        found.getLong(11),
                        found.getLong(12)));
            }
        }
        return rows;
    }

    private static Dimension dimension(String id) {
        for (Dimension dimension : Dimension.values()) {
            if (dimension.id().equals(id)) {
                return dimension;
            }
        }
        throw new StoreException(
                "the usage of limits names an unknown dimension '" + id + "': was it written by a newer Tierway?");
    }

    /** Drops some of what has been at rest since before that time. */
    static void forget(long epochMillis, int most, Statements on) throws SQLException {
        PreparedStatement delete = on.prepare(FORGET);
        delete.setLong(1, epochMillis);
        delete.setInt(2, most);
        delete.executeUpdate();
    }

    static void setAttempt(PreparedStatement statement, AttemptId attempt) throws SQLException {
        statement.setString(1, attempt.callId());
        statement.setInt(2, attempt.n());
    }
}
