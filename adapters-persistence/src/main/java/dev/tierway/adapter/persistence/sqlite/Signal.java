package dev.tierway.adapter.persistence.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A write that somebody waits for: given once it and everything before it is on disk. */
final class Signal implements Write {
    private final List<Write> writes;
    private final CompletableFuture<@Nullable Void> given = new CompletableFuture<>();

    /** @param writes what it does; may be nothing */
    Signal(List<Write> writes) {
        this.writes = writes;
    }

    CompletionStage<@Nullable Void> given() {
        return given;
    }

    @Override
    public int rows() {
        return writes.stream().mapToInt(Write::rows).sum();
    }

    @Override
    public void run(Statements on) throws SQLException {
        for (Write write : writes) {
            write.run(on);
        }
    }

    @Override
    public void done() {
        writes.forEach(Write::done);
        given.complete(null);
    }

    @Override
    public void failed(Exception why) {
        writes.forEach(write -> write.failed(why));
        given.completeExceptionally(why);
    }
}
