package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.WallClock;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Drops what is beyond the retention, a bounded number of rows at a time, so that other writes don't wait long. Tables are
 * append-only and their ids count up: the oldest rows are at one end, and the number of rows is seen from the ids.
 */
final class Trim implements Write {
    private static final int CHUNK = 5000;
    private static final long AGE_CHECK_MILLIS = Duration.ofMinutes(1).toMillis();

    private final String table;
    private final List<String> followers;
    private final Retention retention;
    private final WallClock clock;
    private long lastAgeCheckMillis;

    /**
     * @param table has the column {@code at}
     * @param followers tables with rows of the same ids
     */
    Trim(String table, List<String> followers, Retention retention, WallClock clock) {
        this.table = table;
        this.followers = followers;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public int rows() {
        return 0;
    }

    @Override
    public void run(Statements on) throws SQLException {
        delete(
                on,
                "SELECT id FROM " + table + " WHERE id <= (SELECT max(id) FROM " + table + ") - ? ORDER BY id LIMIT "
                        + CHUNK,
                retention.rows());
        long now = clock.epochMillis();
        if (Math.abs(now - lastAgeCheckMillis) >= AGE_CHECK_MILLIS) {
            int dropped = delete(
                    on,
                    "SELECT id FROM (SELECT id, at FROM " + table + " ORDER BY id LIMIT " + CHUNK + ") WHERE at < ?",
                    now - retention.age().toMillis());
            // A whole chunk was too old: there may be more, so the next chore looks again.
            lastAgeCheckMillis = dropped == CHUNK ? 0 : now;
        }
    }

    private int delete(Statements on, String ids, long value) throws SQLException {
        for (String follower : followers) {
            delete(on, follower, ids, value);
        }
        return delete(on, table, ids, value);
    }

    private static int delete(Statements on, String from, String ids, long value) throws SQLException {
        PreparedStatement delete = on.prepare("DELETE FROM " + from + " WHERE id IN (" + ids + ")");
        delete.setLong(1, value);
        return delete.executeUpdate();
    }
}
