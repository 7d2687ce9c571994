package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.queue.GroupQueue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store: one SQLite file in WAL mode, written by one platform thread in groups, read by a few others. Handing a
 * write over never waits; when too many wait, the newest are lost, counted, and {@link #storeUp} says so. SQLite's native
 * calls are made on these threads only: never on an event loop or a virtual thread.
 *
 * <p>The ledger and the decision log share one; whoever opened it closes it, after them.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int GROUP = 4096;

    private final SqliteOptions options;
    private final SqliteFile file;
    private final GroupQueue<Write> queue;
    private final WriterState state = new WriterState();
    private final SqliteWriter writer;
    private final Thread thread;
    private final Readers readers;

    private SqliteDatabase(SqliteOptions options, SqliteFile file) {
        this.options = options;
        this.file = file;
        this.queue = new GroupQueue<>(options.queue(), GROUP, options.linger());
        this.writer = new SqliteWriter(file, queue, state, options.closing());
        this.readers = new Readers(file, options.readers());
        this.thread = Thread.ofPlatform().daemon().name("tierway-sqlite-writer").unstarted(writer);
    }

    /**
     * Opens the file, creating it and its folder if need be, and brings its tables up to date. Waits for the disk.
     *
     * @throws StoreException saying what to do, if the driver is missing or the file can't be used
     */
    public static SqliteDatabase open(SqliteOptions options) {
        SqliteFile file = new SqliteFile(options.path(), options.busy(), SqliteDatabase.class.getClassLoader());
        SqliteDatabase database = new SqliteDatabase(options, file);
        database.thread.start();
        try {
            database.writer.opened().join();
        } catch (CompletionException e) {
            database.readers.close();
            throw cannotOpen(file, e.getCause() == null ? e : e.getCause());
        }
        return database;
    }

    private static StoreException cannotOpen(SqliteFile file, Throwable cause) {
        if (cause instanceof StoreException clear) {
            return clear;
        }
        String why = cause instanceof SQLException e ? SqliteFault.advice(e) : cause.toString();
        return new StoreException(
                "can't open " + file + ": " + why + "; mend it, or choose another storage.ledger.path", cause);
    }

    SqliteFile file() {
        return file;
    }

    /** This opening's number: differs from that of every other program that has the file open. */
    long opening() {
        return writer.opened().join();
    }

    /** Hands a write over; false if it is lost, which is counted. Never waits. */
    boolean submit(Write write) {
        boolean taken = queue.offer(write);
        if (!taken) {
            state.overflowed();
        }
        return taken;
    }

    /** Writes at once, and completes with the result when it is on disk; fails if that takes too long, though it may come yet. */
    <T> CompletionStage<T> write(ConfirmedWrite.Work<T> work) {
        ConfirmedWrite<T> write = new ConfirmedWrite<>(work);
        if (!queue.offerUrgent(write)) {
            write.failed(new StoreException(file + " is closed"));
        }
        return write.answer()
                .toCompletableFuture()
                .orTimeout(options.confirming().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(error -> {
                    String problem = problem();
                    String why = problem == null ? String.valueOf(error.getMessage()) : problem;
                    throw new StoreException(file + " didn't confirm a write: " + why, error);
                });
    }

    /** Something that had to be left out for want of room. */
    void countLost() {
        state.overflowed();
    }

    /** Something to be done now and then. */
    void chore(Write chore) {
        writer.chores().add(chore);
    }

    <T> CompletionStage<T> read(Read<T> read) {
        return readers.read(read);
    }

    /** As {@link #read}, seeing everything handed over before; while the file can't be written, what was written before. */
    <T> CompletionStage<T> readLatest(Read<T> read) {
        if (!storeUp()) {
            return read(read);
        }
        return flush().toCompletableFuture()
                .completeOnTimeout(null, options.busy().toMillis(), TimeUnit.MILLISECONDS)
                // What can't be flushed is no reason not to show what is there; storeUp tells of it.
                .handle((done, error) -> read(read))
                .thenCompose(answer -> answer);
    }

    /** Completes when everything handed over before is on disk. */
    public CompletionStage<@Nullable Void> flush() {
        return signal(new Signal(List.of()));
    }

    /** Does the chores at once, after everything handed over before. */
    CompletionStage<@Nullable Void> keepHouse() {
        return signal(new Signal(writer.chores()));
    }

    private CompletionStage<@Nullable Void> signal(Signal signal) {
        if (!queue.offerUrgent(signal)) {
            signal.failed(new StoreException(file + " is closed"));
        }
        return signal.given();
    }

    /** Waits until everything handed over is on disk, or for as long as closing may take. Not for event loops. */
    void flushOrGiveUp() {
        try {
            flush().toCompletableFuture()
                    .orTimeout(options.closing().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.error("{}: {} writes are not on disk yet", file, queue.size(), e);
        }
    }

    /** Whether what is handed over is being written. */
    public boolean storeUp() {
        return problem() == null;
    }

    public StoreHealth health() {
        String problem = problem();
        return new StoreHealth(problem == null, problem, queue.size(), state.written(), state.retried(), state.lost());
    }

    private @Nullable String problem() {
        String problem = state.problem();
        return problem == null && queue.size() >= options.queue()
                ? "the disk is too slow: too many writes wait"
                : problem;
    }

    /** Transactions committed since it was opened. */
    long groups() {
        return state.groups();
    }

    /** Writes what still waits, then frees everything. Waits for the disk: not for event loops. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!thread.join(options.closing().plus(options.busy()).plus(Duration.ofSeconds(1)))) {
                LOG.error("{}: its writer still runs, {} writes are not on disk", file, queue.size());
            }
        } catch (InterruptedException e) {
            LOG.error("{}: interrupted while closing, {} writes may not be on disk", file, queue.size());
            Thread.currentThread().interrupt();
        }
        readers.close();
    }
}
