package dev.tierway.application.port.out;

import org.jspecify.annotations.Nullable;

/**
 * A place in the ledger: rows older than it come next. It stays where it is while rows are added and dropped.
 *
 * @param before rows are numbered in the order they were written; only smaller numbers follow
 */
public record LedgerCursor(long before) {
    /** Before the newest row. */
    public static final LedgerCursor NEWEST = new LedgerCursor(Long.MAX_VALUE);

    private static final int RADIX = 36;

    /**
     * @param text as {@link #toString} wrote it; null: from the newest on
     * @throws IllegalArgumentException if it isn't ours
     */
    public static LedgerCursor parse(@Nullable String text) {
        if (text == null) {
            return NEWEST;
        }
        try {
            return new LedgerCursor(Long.parseLong(text, RADIX));
        } catch (NumberFormatException notOurs) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a cursor: use next_cursor of the page before, or leave it out to begin with"
                            + " the newest",
                    notOurs);
        }
    }

    @Override
    public String toString() {
        return Long.toString(before, RADIX);
    }
}
