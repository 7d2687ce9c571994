package dev.tierway.application.service;

import dev.tierway.application.error.InvalidRequestException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.QueryHistory;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks attempts up in the ledger. */
public final class HistoryQueries implements QueryHistory {
    private final CallLedger ledger;

    public HistoryQueries(CallLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public CompletionStage<LedgerPage> history(LedgerQuery query, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            return refused("limit must be 1 to " + MOST + ", not " + limit);
        }
        LedgerCursor from;
        try {
            from = LedgerCursor.parse(cursor);
        } catch (IllegalArgumentException notOurs) {
            return refused(String.valueOf(notOurs.getMessage()));
        }
        return ledger.query(query, limit, from);
    }

    private static CompletionStage<LedgerPage> refused(String why) {
        return CompletableFuture.failedFuture(
                new InvalidRequestException(TierwayException.Details.of(400, "invalid_request", why)));
    }

    @Override
    public CompletionStage<LedgerTotals> spend(LedgerQuery query, LedgerGroup by) {
        return ledger.totals(query, by);
    }
}
