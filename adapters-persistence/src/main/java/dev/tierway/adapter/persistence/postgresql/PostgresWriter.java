package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.queue.Backoff;
import dev.tierway.adapter.persistence.queue.GroupQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows behind their callers' backs, in groups, on one thread. Handing one over never waits. While the server can't
 * take a group it is kept and tried again; when too many rows wait, the newest are lost, counted, and {@link #health} says so.
 */
public final class PostgresWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int CAPACITY = 65_536;
    private static final int GROUP = 1000;
    private static final Duration LINGER = Duration.ofMillis(10);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final PostgresDatabase database;
    private final GroupQueue<Row> queue = new GroupQueue<>(CAPACITY, GROUP, LINGER);
    private final Backoff backoff = new Backoff(queue, CLOSING);
    private final List<PostgresTrim> chores = new CopyOnWriteArrayList<>();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("tierway-postgresql-writer").unstarted(this::write);
    private volatile @Nullable String problem;

    /** @param database stays open when this is closed */
    public PostgresWriter(PostgresDatabase database) {
        this.database = database;
        thread.start();
    }

    /** Never waits; false if there is no room, which is counted. */
    boolean submit(Row row) {
        boolean taken = queue.offer(row);
        if (!taken) {
            countLost();
        }
        return taken;
    }

    /** Something that had to be left out for want of room. */
    void countLost() {
        if (lost.getAndIncrement() == 0) {
            LOG.error("{}: too many rows wait; the newest are lost and counted, see the admin health", database);
        }
    }

    /** Something to be dropped now and then. */
    void chore(PostgresTrim chore) {
        chores.add(chore);
    }

    /** Completes when everything handed over before is written. */
    public CompletionStage<@Nullable Void> flush() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        if (!queue.offerUrgent(new Row() {
            @Override
            public void addTo(Batch batch) {
                // Only its place in the queue counts.
            }

            @Override
            public int rows() {
                return 0;
            }

            @Override
            public void done() {
                done.complete(null);
            }

            @Override
            public void failed(Exception why) {
                done.completeExceptionally(why);
            }
        })) {
            done.completeExceptionally(new StoreException(database + " is closed"));
        }
        return done;
    }

    /** As {@link #flush}, waiting as long as closing may take. Not for event loops. */
    void flushOrGiveUp() {
        try {
            flush().toCompletableFuture()
                    .orTimeout(CLOSING.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.error("{}: {} rows are not written yet", database, queue.size(), e);
        }
    }

    /** Runs once what was handed over is written; after a while, and while the server is in trouble, with what is there. */
    CompletionStage<@Nullable Void> settled() {
        return problem != null
                ? CompletableFuture.completedStage(null)
                : flush().toCompletableFuture()
                        .completeOnTimeout(null, database.options().statement().toMillis(), TimeUnit.MILLISECONDS)
                        // What can't be flushed is no reason not to show what is there; health tells of it.
                        .exceptionally(error -> null);
    }

    public StoreHealth health() {
        String why = problem;
        if (why == null && queue.isFull()) {
            why = "the server is too slow: too many rows wait";
        }
        return new StoreHealth(why == null, why, queue.size(), written.get(), retried.get(), lost.get());
    }

    private void write() {
        try {
            while (!(queue.closed() && queue.size() == 0)) {
                List<Row> group = queue.take(IDLE);
                if (group.isEmpty()) {
                    keepHouse();
                } else {
                    write(group);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("{}: its writer was interrupted and stops", database, e);
            problem = "its writer was interrupted";
        } finally {
            queue.close();
            giveUp(queue.drain(), new StoreException("the writer has stopped"));
        }
    }

    private void write(List<Row> group) throws InterruptedException {
        backoff.reset();
        while (true) {
            try {
                together(group);
                return;
            } catch (SQLException e) {
                if (PostgresFault.of(e) == PostgresFault.STATEMENT) {
                    LOG.debug("a row is wrong; the group again, each apart", e);
                    if (group.size() == 1) {
                        refuse(group.getFirst(), e);
                        return;
                    }
                    for (Row row : group) {
                        write(List.of(row));
                    }
                    return;
                }
                down(e);
                if (!backoff.tryAgain()) {
                    giveUp(group, e);
                    return;
                }
            } catch (RuntimeException e) {
                if (group.size() == 1) {
                    refuse(group.getFirst(), e);
                    return;
                }
                for (Row row : group) {
                    write(List.of(row));
                }
                return;
            }
        }
    }

    /** Every row names itself, so a group written twice after a lost connection is written once. */
    private void together(List<Row> group) throws SQLException {
        database.stepNow(on -> {
            on.setAutoCommit(false);
            try (Batch batch = new Batch(on)) {
                for (Row row : group) {
                    row.addTo(batch);
                }
                batch.execute();
                on.commit();
            }
        });
        if (problem != null) {
            problem = null;
            LOG.info("{} is written again", database);
        }
        written.addAndGet(rows(group));
        group.forEach(Row::done);
    }

    private static int rows(List<Row> group) {
        return group.stream().mapToInt(Row::rows).sum();
    }

    private void down(SQLException e) {
        retried.incrementAndGet();
        String why = PostgresFault.advice(e);
        if (problem == null) {
            LOG.error("{} can't be written, trying again: {}", database, why, e);
        }
        problem = why;
    }

    private void refuse(Row row, Exception why) {
        lost.addAndGet(row.rows());
        LOG.error("a write of {} rows is wrong and lost", row.rows(), why);
        row.failed(why);
    }

    private void giveUp(List<Row> rows, Exception why) {
        if (!rows.isEmpty()) {
            lost.addAndGet(rows(rows));
            LOG.error("{} rows are lost: they could not be written before closing", rows(rows), why);
            rows.forEach(row -> row.failed(why));
        }
    }

    /** Drops what is beyond the retentions. */
    void keepHouse() {
        for (PostgresTrim chore : chores) {
            try {
                while (database.now(chore::run)) {
                    // There may be more.
                }
            } catch (SQLException e) {
                LOG.warn("{}: old rows are not dropped, trying again later: {}", database, PostgresFault.advice(e));
            }
        }
    }

    /** Writes what still waits. Waits for the server: not for event loops. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!thread.join(CLOSING.plus(CLOSING))) {
                LOG.error("{}: its writer still runs, {} rows are not written", database, queue.size());
            }
        } catch (InterruptedException e) {
            LOG.error("{}: interrupted while closing, {} rows may not be written", database, queue.size());
            Thread.currentThread().interrupt();
        }
    }
}
