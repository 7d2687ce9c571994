package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.WallClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Drops what is beyond the retention, the oldest first and a bounded number of rows at a time. How many rows there are is the
 * server's own estimate: counting would read them all.
 */
final class PostgresTrim {
    private static final int CHUNK = 5000;

    private final String table;
    private final String id;
    private final List<String> followers;
    private final Retention retention;
    private final WallClock clock;

    /**
     * @param table has the column {@code at}
     * @param id its column that grows with time
     * @param followers tables with rows of the same ids
     */
    PostgresTrim(String table, String id, List<String> followers, Retention retention, WallClock clock) {
        this.table = table;
        this.id = id;
        this.followers = followers;
        this.retention = retention;
        this.clock = clock;
    }

    /** Whether there may be more to drop. */
    boolean run(Connection on) throws SQLException {
        String oldest = "SELECT " + id + " AS id, at FROM " + table + " ORDER BY " + id + " LIMIT ?";
        long tooMany = Math.clamp(estimatedRows(on) - retention.rows(), 0, CHUNK);
        int dropped = delete(on, "SELECT id FROM (" + oldest + ") o WHERE at < ?", CHUNK, tooOld());
        if (dropped == 0 && tooMany > 0) {
            dropped = delete(on, "SELECT id FROM (" + oldest + ") o WHERE at <= ?", tooMany, Long.MAX_VALUE);
        }
        return dropped == CHUNK;
    }

    private long tooOld() {
        return clock.epochMillis() - retention.age().toMillis();
    }

    private long estimatedRows(Connection on) throws SQLException {
        String sql = "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(?)";
        try (Arguments select = new Arguments(on, sql).text(table);
                ResultSet row = select.statement().executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private int delete(Connection on, String ids, long most, long before) throws SQLException {
        for (String follower : followers) {
            delete(on, follower, ids, most, before);
        }
        return delete(on, table, ids, most, before);
    }

    private int delete(Connection on, String from, String ids, long most, long before) throws SQLException {
        try (Arguments delete = new Arguments(on, "DELETE FROM " + from + " WHERE " + id + " IN (" + ids + ")")) {
            return delete.number(most).number(before).statement().executeUpdate();
        }
    }
}
