package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.port.out.WallClock;
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
    public CompletionStage<LedgerPage> query(LedgerQuery query, int limit, LedgerCursor from) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        Read<LedgerPage> page = reading -> LedgerSql.page(query, limit, from, reading.connection());
        // What comes after a page was on disk before it.
        return from.equals(LedgerCursor.NEWEST) ? database.readLatest(page) : database.read(page);
    }

    @Override
    public CompletionStage<LedgerTotals> totals(LedgerQuery query, LedgerGroup by) {
        return database.readLatest(reading -> LedgerSql.totals(query, by, reading.connection()));
    }

    /** Waits until every row is on disk; the database stays open. Not for event loops. */
    @Override
    public void close() {
        database.flushOrGiveUp();
    }
}
