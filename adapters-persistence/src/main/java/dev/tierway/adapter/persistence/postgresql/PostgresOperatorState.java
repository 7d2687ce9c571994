package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorState;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What operators have ordered, shared by all gateways on the database. A writer holds the row with the last number until its
 * order is visible, so nobody who has seen a number learns of a lower one later.
 */
public final class PostgresOperatorState implements OperatorState {
    private static final String PUT = "SELECT put_order(?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String AFTER =
            "SELECT number, topic, value, scope, subject, author, reason, at, until, instance"
                    + " FROM operator_order WHERE number > ? ORDER BY number";

    private final PostgresDatabase database;

    public PostgresOperatorState(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Long> put(GivenOrder order) {
        return database.run(on -> {
            try (Arguments call = new Arguments(on, PUT)) {
                call.text(order.order().topic().id())
                        .text(order.order().value())
                        .text(order.scope().level().id())
                        .text(order.scope().id())
                        .text(order.author())
                        .text(order.reason())
                        .number(order.atEpochMillis())
                        .number(order.untilEpochMillis())
                        .text(order.instance());
                try (ResultSet row = call.statement().executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    @Override
    public CompletionStage<List<NumberedOrder>> after(long number) {
        return database.run(on -> {
            try (Arguments call = new Arguments(on, AFTER).number(number);
                    ResultSet rows = call.statement().executeQuery()) {
                List<NumberedOrder> orders = new ArrayList<>();
                while (rows.next()) {
                    orders.add(order(rows));
                }
                return orders;
            }
        });
    }

    private static NumberedOrder order(ResultSet found) throws SQLException {
        try {
            return new NumberedOrder(
                    found.getLong(1),
                    new GivenOrder(
                            new Scope(Scope.Level.parse(found.getString(4)), found.getString(5)),
                            OperatorOrder.parse(found.getString(2), found.getString(3)),
                            found.getString(6),
                            found.getString(7),
                            found.getLong(8),
                            found.getObject(9, Long.class),
                            found.getString(10)));
        } catch (IllegalArgumentException unknown) {
            throw new StoreException(
                    "an operator's order isn't understood (" + unknown.getMessage()
                            + "): was it written by a newer Tierway?",
                    unknown);
        }
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
