package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The shared store's connections. Work runs on virtual threads, as many at once as there are connections; who asks never
 * waits. An answer comes within the options' times, or fails with what to do.
 */
public final class PostgresDatabase implements AutoCloseable {
    private static final int TRIES = 6;
    private static final int LOST_TRIES = 3;

    /** Something done on one connection; again if somebody was in the way, so it must not matter how often. */
    interface Work<T> {
        T run(Connection on) throws SQLException;
    }

    /** The same without a result. */
    interface Step {
        void run(Connection on) throws SQLException;
    }

    private final PostgresOptions options;
    private final PostgresPool pool;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tierway-postgresql-", 0).factory());
    private volatile @Nullable String problem;

    private PostgresDatabase(PostgresOptions options, PostgresPool pool) {
        this.options = options;
        this.pool = pool;
    }

    /**
     * Connects, and brings the tables up to date. Waits: not for event loops.
     *
     * @throws StoreException saying what to do, if the driver is missing or the server can't be used
     */
    public static PostgresDatabase open(PostgresOptions options) {
        PostgresDrivers.require(PostgresDatabase.class.getClassLoader());
        return new PostgresDatabase(options, PostgresPool.open(options));
    }

    /**
     * Connects once, and creates nothing. Waits: not for event loops.
     *
     * @return the server's version
     * @throws StoreException saying what to do, if the driver is missing or the server can't be used
     */
    public static String version(PostgresOptions options) {
        PostgresDrivers.require(PostgresDatabase.class.getClassLoader());
        return PostgresPool.version(options);
    }

    PostgresOptions options() {
        return options;
    }

    /** Runs it on another thread. Completes exceptionally with a {@link StoreException} if the server can't do it. */
    <T> CompletionStage<T> run(Work<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                // Who waited too long for a thread's turn has been told already.
                if (!answer.isDone()) {
                    complete(answer, work);
                }
            });
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(new StoreException(options.url() + " is closed", closed));
        }
        return answer.orTimeout(options.answer().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(this::explained);
    }

    private <T> void complete(CompletableFuture<T> answer, Work<T> work) {
        try {
            answer.complete(now(work));
        } catch (SQLException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private <T> T explained(Throwable error) {
        if (error instanceof SQLException sql) {
            throw new StoreException(options.url() + ": " + PostgresFault.advice(sql), sql);
        }
        if (error instanceof TimeoutException) {
            String why =
                    options.url() + " didn't answer within " + options.answer().toMillis() + " ms";
            problem = why;
            throw new StoreException(why, error);
        }
        throw error instanceof RuntimeException known ? known : new StoreException(options.url() + ": " + error, error);
    }

    /** Runs it on this thread, which waits. */
    <T> T now(Work<T> work) throws SQLException {
        int lost = 0;
        for (int tried = 1; ; tried++) {
            try (Connection connection = pool.connection()) {
                T result = work.run(connection);
                problem = null;
                return result;
            } catch (SQLException e) {
                PostgresFault fault = PostgresFault.of(e);
                boolean again = switch (fault) {
                    case AGAIN -> tried < TRIES;
                    // Every step may be done again: it asks by attempt id. Usually only this one connection was cut.
                    case CONNECTION -> ++lost < LOST_TRIES;
                    case POOL, TIMEOUT, LATER, STATEMENT -> false;
                };
                if (!again) {
                    if (fault != PostgresFault.STATEMENT && fault != PostgresFault.AGAIN) {
                        problem = PostgresFault.advice(e);
                    }
                    throw e;
                }
                if (fault == PostgresFault.CONNECTION) {
                    pool.suspectAll();
                }
                pause(tried);
            }
        }
    }

    private static void pause(int tried) throws SQLException {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 3L + 4L * tried));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    /** As {@link #run}. */
    CompletionStage<@Nullable Void> step(Step step) {
        return run(on -> {
                    step.run(on);
                    return true;
                })
                .thenApply(done -> null);
    }

    /** As {@link #now}. */
    void stepNow(Step step) throws SQLException {
        now(on -> {
            step.run(on);
            return true;
        });
    }

    /**
     * A number that no other writer to this database gets. Waits for the server: not for event loops.
     *
     * @throws StoreException if the server doesn't answer
     */
    long opening() {
        try {
            return now(on -> {
                try (Arguments call = new Arguments(on, "SELECT nextval('opening')");
                        ResultSet row = call.statement().executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            });
        } catch (SQLException e) {
            throw new StoreException(options.url() + ": " + PostgresFault.advice(e), e);
        }
    }

    /** Asks the server whether it is there. */
    public CompletionStage<@Nullable Void> ping() {
        return step(on -> {
            try (var select = on.prepareStatement("SELECT 1")) {
                select.executeQuery().close();
            }
        });
    }

    /** What went wrong last, if nothing has gone right since; null: nothing. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Whether the last thing asked of it was done. */
    public boolean storeUp() {
        return problem == null;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(options.answer().toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        pool.close();
    }

    @Override
    public String toString() {
        return options.url().toString();
    }
}
