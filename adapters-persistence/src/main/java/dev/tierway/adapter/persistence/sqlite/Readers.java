package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few platform threads that look things up, each with a connection of its own; native calls would pin virtual ones. */
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final int MOST_WAITING = 256;

    private final SqliteFile file;
    private final ThreadPoolExecutor threads;
    private final Deque<Statements> idle = new ConcurrentLinkedDeque<>();

    Readers(SqliteFile file, int count) {
        this.file = file;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("tierway-sqlite-reader-", 0).factory());
    }

    <T> CompletionStage<T> read(Read<T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(read, answer));
        } catch (RejectedExecutionException full) {
            answer.completeExceptionally(new StoreException(
                    threads.isShutdown()
                            ? file + " is closed"
                            : "too many lookups wait for " + file + ": ask for less, or later"));
        }
        return answer;
    }

    private <T> void answer(Read<T> read, CompletableFuture<T> answer) {
        try (Reading from = new Reading(this::connection)) {
            T found = read.run(from);
            from.sound(idle::push);
            answer.complete(found);
        } catch (SQLException e) {
            answer.completeExceptionally(new StoreException("can't read " + file + ": " + SqliteFault.advice(e), e));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private Statements connection() throws SQLException {
        Statements known = idle.poll();
        return known == null ? new Statements(file.reader()) : known;
    }

    /** Waits a moment for lookups under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("lookups in {} still run", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Statements connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("closing {}", file, e);
            }
        }
    }
}
