package dev.tierway.application.port.in;

import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks up what attempts were made, and what they cost. */
public interface QueryHistory {
    /** Most rows of one page. */
    int MOST = 1000;

    /**
     * The newest first.
     *
     * @param limit 1 to {@link #MOST}
     * @param cursor of the page before; null: from the newest on
     */
    CompletionStage<LedgerPage> history(LedgerQuery query, int limit, @Nullable String cursor);

    CompletionStage<LedgerTotals> spend(LedgerQuery query, LedgerGroup by);
}
