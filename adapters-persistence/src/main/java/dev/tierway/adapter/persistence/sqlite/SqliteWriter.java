package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.queue.Backoff;
import dev.tierway.adapter.persistence.queue.GroupQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes groups from the queue and commits each in one transaction. While the file can't be written
 * it keeps the group and tries again; only writes that are wrong in themselves are given up.
 */
final class SqliteWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final long CHORES_AFTER = 1000;

    private final SqliteFile file;
    private final GroupQueue<Write> queue;
    private final WriterState state;
    private final Backoff backoff;
    private final List<Write> chores = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Long> opened = new CompletableFuture<>();
    private @Nullable Statements connection;

    SqliteWriter(SqliteFile file, GroupQueue<Write> queue, WriterState state, Duration closing) {
        this.file = file;
        this.queue = queue;
        this.state = state;
        this.backoff = new Backoff(queue, closing);
    }

    /** Completes with this opening's number, or with why the file can't be opened. */
    CompletableFuture<Long> opened() {
        return opened;
    }

    /** What is done now and then, between groups; may be added to. */
    List<Write> chores() {
        return chores;
    }

    @Override
    public void run() {
        Exception why = new IllegalStateException("the writer has stopped");
        try {
            opened.complete(open());
            writeUntilClosed();
            connected().execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (InterruptedException | SQLException | RuntimeException e) {
            why = e;
            stopped(e);
        } catch (Error e) {
            stopped(e);
            throw e;
        } finally {
            queue.close();
            giveUp(queue.drain(), why);
            disconnect();
        }
    }

    private void stopped(Throwable e) {
        if (opened.isDone()) {
            LOG.error("the writer of {} stopped; nothing more is written", file, e);
        }
        opened.completeExceptionally(e);
        state.down("its writer stopped: " + e);
    }

    private void writeUntilClosed() throws InterruptedException {
        long sinceChores = 0;
        while (!(queue.closed() && queue.size() == 0)) {
            List<Write> group = queue.take(IDLE);
            write(group);
            sinceChores += group.size();
            if (group.isEmpty() || sinceChores >= CHORES_AFTER) {
                sinceChores = 0;
                write(chores);
            }
        }
    }

    private long open() throws SQLException {
        Statements on = connected();
        on.execute("BEGIN IMMEDIATE");
        on.execute("INSERT INTO opening (at) VALUES (datetime('now'))");
        on.execute("DELETE FROM opening WHERE id < (SELECT max(id) FROM opening) - 1000");
        on.execute("COMMIT");
        try (ResultSet row = on.prepare("SELECT max(id) FROM opening").executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private Statements connected() throws SQLException {
        Statements known = connection;
        if (known != null) {
            return known;
        }
        Statements fresh = new Statements(file.writer());
        try {
            fresh.migrate(file);
        } catch (SQLException | RuntimeException e) {
            fresh.close();
            throw e;
        }
        connection = fresh;
        return fresh;
    }

    private void write(List<Write> group) throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        backoff.reset();
        boolean apart = false;
        while (true) {
            Group attempt = new Group(group, apart);
            try {
                attempt.commit(connected());
                state.up(file);
                attempt.answer(state);
                return;
            } catch (Group.OneIsWrong wrong) {
                LOG.debug("a write is wrong; the group again, each apart", wrong);
                apart = true;
            } catch (SQLException e) {
                state.down(file, SqliteFault.advice(e), e);
                if (SqliteFault.of(e) != SqliteFault.LATER) {
                    disconnect();
                }
                if (!backoff.tryAgain()) {
                    giveUp(group, e);
                    return;
                }
            }
        }
    }

    private void giveUp(List<Write> writes, Exception why) {
        if (!writes.isEmpty()) {
            Group.giveUp(writes, state, why);
        }
    }

    private void disconnect() {
        Statements on = connection;
        connection = null;
        if (on != null) {
            try {
                on.close();
            } catch (SQLException e) {
                LOG.warn("closing {}", file, e);
            }
        }
    }
}
