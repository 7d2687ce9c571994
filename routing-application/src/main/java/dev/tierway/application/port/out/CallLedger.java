package dev.tierway.application.port.out;

import java.util.concurrent.CompletionStage;

/** The account book: one row per attempt. */
public interface CallLedger extends AutoCloseable {
    /** Never blocks; rows are written in groups. */
    void append(LedgerRow row);

    /**
     * Rows that match, the newest first. Pages that follow each other hold every row once that was there when the first was
     * asked for and hasn't been dropped since, whatever is appended meanwhile.
     *
     * @param limit most rows, 1 or more
     */
    CompletionStage<LedgerPage> query(LedgerQuery query, int limit, LedgerCursor from);

    CompletionStage<LedgerTotals> totals(LedgerQuery query, LedgerGroup by);

    /** Writes what is still waiting, then frees everything. */
    @Override
    void close();
}
