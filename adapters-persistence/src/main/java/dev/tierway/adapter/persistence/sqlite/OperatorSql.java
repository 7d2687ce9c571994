package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Operators' orders and the audit trail as SQL. */
final class OperatorSql {
    private static final String ORDER_COLUMNS = "topic, value, scope, subject, author, reason, at, until, instance";
    static final String ORDERS_AFTER =
            "SELECT number, " + ORDER_COLUMNS + " FROM operator_order WHERE number > ? ORDER BY number";
    /** The one before on the same topic and scope goes, and the new one gets the next number. */
    private static final String PUT_ORDER = "INSERT OR REPLACE INTO operator_order (" + ORDER_COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)" + " RETURNING number";

    private static final String AUDIT_COLUMNS = "action, value, scope, subject, author, reason, at, until, instance";
    static final String LATEST_AUDIT = "SELECT " + AUDIT_COLUMNS + " FROM audit ORDER BY id DESC LIMIT ?";
    private static final String INSERT_AUDIT =
            "INSERT INTO audit (" + AUDIT_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private OperatorSql() {}

    static long put(GivenOrder order, Statements on) throws SQLException {
        PreparedStatement put = on.prepare(PUT_ORDER);
        put.setString(1, order.order().topic().id());
        put.setString(2, order.order().value());
        put.setString(3, order.scope().level().id());
        put.setString(4, order.scope().id());
        put.setString(5, order.author());
        put.setString(6, order.reason());
        put.setLong(7, order.atEpochMillis());
        setLong(put, 8, order.untilEpochMillis());
        put.setString(9, order.instance());
        try (ResultSet inserted = put.executeQuery()) {
            inserted.next();
            return inserted.getLong(1);
        }
    }

    static NumberedOrder order(ResultSet found) throws SQLException {
        try {
            return new NumberedOrder(
                    found.getLong(1),
                    new GivenOrder(
                            new Scope(Scope.Level.parse(found.getString(4)), found.getString(5)),
                            OperatorOrder.parse(found.getString(2), found.getString(3)),
                            found.getString(6),
                            found.getString(7),
                            found.getLong(8),
                            getLong(found, 9),
                            found.getString(10)));
        } catch (IllegalArgumentException unknown) {
            throw new StoreException(
                    "an operator's order isn't understood (" + unknown.getMessage()
                            + "): was it written by a newer Tierway?",
                    unknown);
        }
    }

    static int insert(AuditEntry entry, Statements on) throws SQLException {
        PreparedStatement insert = on.prepare(INSERT_AUDIT);
        insert.setString(1, entry.action());
        insert.setString(2, entry.value());
        insert.setString(3, entry.scope());
        insert.setString(4, entry.id());
        insert.setString(5, entry.author());
        insert.setString(6, entry.reason());
        insert.setLong(7, entry.atEpochMillis());
        setLong(insert, 8, entry.untilEpochMillis());
        insert.setString(9, entry.instance());
        return insert.executeUpdate();
    }

    static AuditEntry audit(ResultSet found) throws SQLException {
        return new AuditEntry(
                found.getLong(7),
                found.getString(9),
                found.getString(5),
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getString(6),
                getLong(found, 8));
    }

    private static void setLong(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, java.sql.Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    private static @Nullable Long getLong(ResultSet found, int index) throws SQLException {
        long value = found.getLong(index);
        return found.wasNull() ? null : value;
    }
}
