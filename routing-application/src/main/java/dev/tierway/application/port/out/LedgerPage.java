package dev.tierway.application.port.out;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of the ledger, the newest first.
 *
 * @param next where the next page begins; null if there is none
 */
public record LedgerPage(List<LedgerRow> rows, @Nullable LedgerCursor next) {
    public LedgerPage {
        rows = List.copyOf(rows);
    }
}
