package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.adapter.persistence.decision.TimeOrderedIds;
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

/** The account book of all gateways on the database. */
public final class PostgresCallLedger implements CallLedger {
    private final PostgresDatabase database;
    private final PostgresWriter writer;
    private final TimeOrderedIds ids;

    /**
     * Waits for the server: not for event loops.
     *
     * @param clock tells how old rows are
     */
    public PostgresCallLedger(PostgresDatabase database, PostgresWriter writer, Retention retention, WallClock clock) {
        this.database = database;
        this.writer = writer;
        this.ids = new TimeOrderedIds(clock, 0, database.opening());
        writer.chore(new PostgresTrim("ledger", "id", List.of(), retention, clock));
    }

    @Override
    public void append(LedgerRow row) {
        long id = ids.next();
        // What there is no room for is counted by the writer, and seen in its health.
        writer.submit(batch -> PostgresLedgerSql.add(id, row, batch));
    }

    @Override
    public CompletionStage<LedgerPage> query(LedgerQuery query, int limit, LedgerCursor from) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        CompletionStage<LedgerPage> page = from.equals(LedgerCursor.NEWEST)
                ? writer.settled()
                        .thenCompose(settled -> database.run(on -> PostgresLedgerSql.page(query, limit, from, on)))
                // What comes after a page was written before it.
                : database.run(on -> PostgresLedgerSql.page(query, limit, from, on));
        return page;
    }

    @Override
    public CompletionStage<LedgerTotals> totals(LedgerQuery query, LedgerGroup by) {
        return writer.settled().thenCompose(settled -> database.run(on -> PostgresLedgerSql.totals(query, by, on)));
    }

    /** Waits until every row is written; the database stays open. Not for event loops. */
    @Override
    public void close() {
        writer.flushOrGiveUp();
    }
}
