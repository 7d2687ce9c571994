package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done now and then: heartbeats, freeing what silent gateways hold, ending what nobody ended, forgetting. */
final class QuotaKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaKeeper.class);
    private static final int MOST = 1000;
    /** If whoever took a memo dies before it is written, somebody else gets it after that. */
    private static final Duration RETELL = Duration.ofSeconds(30);

    private static final Duration FORGET = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final PostgresDatabase database;
    private final Leases leases;
    private final QuotaTimes times;
    private final ExpiredReservations expired;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Thread thread =
            Thread.ofVirtual().name("tierway-postgresql-keeper").unstarted(this::keep);
    private boolean closed;
    private boolean down;

    QuotaKeeper(PostgresDatabase database, Leases leases, QuotaTimes times, ExpiredReservations expired) {
        this.database = database;
        this.leases = leases;
        this.times = times;
        this.expired = expired;
    }

    void start() {
        thread.start();
    }

    private void keep() {
        long beatAt = System.nanoTime();
        long forgetAt = beatAt + FORGET.toNanos();
        try {
            do {
                long now = System.nanoTime();
                boolean beat = now - beatAt >= 0;
                boolean forget = now - forgetAt >= 0;
                beatAt = beat ? now + times.heartbeat().toNanos() : beatAt;
                forgetAt = forget ? now + FORGET.toNanos() : forgetAt;
                round(beat, forget);
            } while (!awaitClosing());
        } catch (InterruptedException e) {
            LOG.debug("interrupted while waiting", e);
            Thread.currentThread().interrupt();
        }
    }

    private void round(boolean beat, boolean forget) {
        try {
            if (beat) {
                database.stepNow(leases::beat);
            }
            sweep();
            if (forget) {
                forget();
            }
            if (down) {
                down = false;
                LOG.info("{} is swept again", database);
            }
        } catch (SQLException | RuntimeException e) {
            if (!down) {
                down = true;
                LOG.error("{}: leases are not renewed and nothing is swept, trying again", database, e);
            }
        }
    }

    private boolean awaitClosing() throws InterruptedException {
        lock.lock();
        try {
            long left = times.sweep().toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Frees and ends what is over now. */
    void sweep() throws SQLException {
        while (count("SELECT quota_free(?)", MOST) >= MOST) {
            // There may be more.
        }
        while (database.now(this::expireOne)) {
            // There may be more.
        }
    }

    private boolean expireOne(Connection on) throws SQLException {
        try (Arguments call = new Arguments(on, "SELECT * FROM quota_expire(?)")) {
            call.number(RETELL.toNanos());
            try (ResultSet row = call.statement().executeQuery()) {
                row.next();
                String callId = row.getString(1);
                if (callId == null) {
                    return false;
                }
                AttemptId attempt = new AttemptId(callId, row.getInt(2));
                expired.expired(MemoText.parse(attempt, row.getString(4)), amounts((Long[])
                        row.getArray(3).getArray()));
                told(on, attempt);
                return true;
            }
        }
    }

    private void told(Connection on, AttemptId attempt) throws SQLException {
        try (Arguments call = new Arguments(on, "SELECT quota_told(?, ?, ?)")) {
            call.text(attempt.callId())
                    .number(attempt.n())
                    .number(times.remember().toNanos())
                    .statement()
                    .executeQuery();
        }
    }

    private static Amounts amounts(Long[] numbers) {
        return new Amounts(numbers[0], numbers[1], numbers[2], new NanoUsd(numbers[3]), new NanoUsd(numbers[4]));
    }

    void forget() throws SQLException {
        // Long after the last reservation that may hold some of it is over.
        long keep = times.reservation().plusHours(1).toNanos();
        while (database.now(on -> {
                    try (Arguments call = new Arguments(on, "SELECT quota_forget(?, ?)")) {
                        return one(call.number(MOST).number(keep));
                    }
                })
                >= MOST) {
            // There may be more.
        }
    }

    private int count(String sql, int argument) throws SQLException {
        return database.now(on -> {
            try (Arguments call = new Arguments(on, sql)) {
                return one(call.number(argument));
            }
        });
    }

    private static int one(Arguments call) throws SQLException {
        try (ResultSet row = call.statement().executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Waits a moment for what it is doing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (thread.isAlive() && !thread.join(CLOSING)) {
                LOG.warn("{}: the sweep still runs while the store closes", database);
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted while closing", e);
            Thread.currentThread().interrupt();
        }
    }
}
