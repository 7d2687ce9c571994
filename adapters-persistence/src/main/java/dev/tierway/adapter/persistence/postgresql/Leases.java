package dev.tierway.adapter.persistence.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This gateway's lease on the concurrency it holds, and who else has one. */
final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    /** No instance has it. */
    private static final long NOBODY = 0;

    private final PostgresDatabase database;
    private final String name;
    private final Duration lease;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long instance = NOBODY;
    private volatile int live = 1;

    Leases(PostgresDatabase database, String name, Duration lease) {
        this.database = database;
        this.name = name;
        this.lease = lease;
    }

    /** This gateway's number; asks for one if it has none yet. */
    long instance(Connection on) throws SQLException {
        if (instance == NOBODY) {
            beat(on);
        }
        return instance;
    }

    int live() {
        return live;
    }

    void beat(Connection on) throws SQLException {
        // One at a time: two would take two numbers.
        lock.lock();
        try (Arguments call = new Arguments(on, "SELECT * FROM quota_beat(?, ?, ?)")) {
            call.number(instance).text(name).number(lease.toNanos());
            try (ResultSet row = call.statement().executeQuery()) {
                row.next();
                long before = instance;
                instance = row.getLong(1);
                live = Math.max(1, row.getInt(2));
                if (before != NOBODY && before != instance) {
                    LOG.warn(
                            "{}: the lease ran out, calls in flight hold no concurrency any more: was this process"
                                    + " paused, or the store down?",
                            database);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        try {
            database.stepNow(on -> {
                try (Arguments call = new Arguments(on, "SELECT quota_leave(?)")) {
                    call.number(instance).statement().executeQuery();
                }
            });
        } catch (SQLException e) {
            LOG.warn("{}: the lease is not given back and runs out by itself: {}", database, PostgresFault.advice(e));
        }
    }
}
