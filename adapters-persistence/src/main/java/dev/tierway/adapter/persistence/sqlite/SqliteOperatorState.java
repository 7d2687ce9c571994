package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What operators have ordered, in the embedded store: shared by all who have the file open. SQLite lets one write at a time,
 * so numbers become visible in their order.
 */
public final class SqliteOperatorState implements OperatorState {
    private final SqliteDatabase database;

    public SqliteOperatorState(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Long> put(GivenOrder order) {
        return database.write(on -> OperatorSql.put(order, on));
    }

    @Override
    public CompletionStage<List<NumberedOrder>> after(long number) {
        return database.read(from -> {
            PreparedStatement select = from.connection().prepare(OperatorSql.ORDERS_AFTER);
            select.setLong(1, number);
            List<NumberedOrder> orders = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    orders.add(OperatorSql.order(found));
                }
            }
            return orders;
        });
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
