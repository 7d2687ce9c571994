package dev.tierway.application.port.out;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The account book: one row per attempt. */
public interface CallLedger extends AutoCloseable {
    /** Never blocks; rows are written in groups. */
    void append(LedgerRow row);

    /** Newest first; at most {@code limit} rows. */
    CompletionStage<List<LedgerRow>> latest(int limit);

    /** Writes what is still waiting, then frees everything. */
    @Override
    void close();
}
