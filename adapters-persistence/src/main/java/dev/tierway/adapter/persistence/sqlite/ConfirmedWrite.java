package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A write whose result somebody waits for: given once it is on disk. */
final class ConfirmedWrite<T> implements Write {
    /** What to write; run again if the transaction has to be repeated. */
    interface Work<T> {
        T run(Statements on) throws SQLException;
    }

    private final Work<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;

    ConfirmedWrite(Work<T> work) {
        this.work = work;
    }

    CompletionStage<T> answer() {
        return answer;
    }

    @Override
    public void run(Statements on) throws SQLException {
        result = work.run(on);
    }

    @Override
    public void done() {
        answer.complete(result);
    }

    @Override
    public void failed(Exception why) {
        answer.completeExceptionally(why);
    }
}
