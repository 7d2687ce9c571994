package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.application.port.out.LedgerQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that rows of a time can have: rows are numbered in the order in which they end, so that bisecting the numbers finds
 * a time as an index would, and writing costs nothing for it. Clocks that are set back make the order inexact: an hour is
 * allowed on either side for that, and what is found there is still compared with the time itself.
 *
 * @param first the smallest
 * @param end above the largest
 */
record IdRange(long first, long end) {
    private static final long SLACK_MILLIS = Duration.ofHours(1).toMillis();

    static IdRange of(LedgerQuery query, Statements on) throws SQLException {
        Long since = query.sinceEpochMillis();
        Long until = query.untilEpochMillis();
        if (since == null && until == null) {
            return new IdRange(0, Long.MAX_VALUE);
        }
        long first;
        long last;
        try (ResultSet ends = on.prepare("SELECT (SELECT min(id) FROM ledger), (SELECT max(id) FROM ledger)")
                .executeQuery()) {
            ends.next();
            first = ends.getLong(1);
            last = ends.getLong(2);
        }
        long from = since == null ? first : firstAtOrAfter(since - SLACK_MILLIS, first, last + 1, on);
        long to = until == null ? Long.MAX_VALUE : firstAtOrAfter(until + SLACK_MILLIS, from, last + 1, on);
        return new IdRange(from, to);
    }

    /** The number from which on rows are of that time or later; {@code end} if none are. */
    private static long firstAtOrAfter(long epochMillis, long first, long end, Statements on) throws SQLException {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Long at = endOfRow(middle, on);
            if (at == null || at >= epochMillis) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Of the first row from that number on; null if there is none. */
    private static @Nullable Long endOfRow(long id, Statements on) throws SQLException {
        PreparedStatement select = on.prepare("SELECT at FROM ledger WHERE id >= ? ORDER BY id LIMIT 1");
        select.setLong(1, id);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? (Long) row.getLong(1) : null;
        }
    }
}
