package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.WallClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The account book in the embedded store. */
public final class SqliteCallLedger implements CallLedger {
    private final SqliteDatabase database;

    /** @param clock tells how old rows are */
    public SqliteCallLedger(SqliteDatabase database, Retention retention, WallClock clock) {
        this.database = database;
        database.chore(new Trim("ledger", List.of(), retention, clock));
    }

    @Override
    public void append(LedgerRow row) {
        // What there is no room for is counted by the database, and seen in its health.
        database.submit(on -> LedgerSql.insert(row, on));
    }

    @Override
    public CompletionStage<List<LedgerRow>> latest(int limit) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        return database.readLatest(from -> {
            PreparedStatement select = from.connection().prepare(LedgerSql.LATEST);
            select.setInt(1, limit);
            List<LedgerRow> rows = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(LedgerSql.row(found));
                }
            }
            return rows;
        });
    }

    /** Waits until every row is on disk; the database stays open. Not for event loops. */
    @Override
    public void close() {
        database.flushOrGiveUp();
    }
}
