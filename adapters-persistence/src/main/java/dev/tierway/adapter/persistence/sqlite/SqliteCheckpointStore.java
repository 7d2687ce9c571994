package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import dev.tierway.application.port.out.WallClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Steps and states in the embedded store: SQLite lets one write at a time, so each answer holds for all who have it open. */
public final class SqliteCheckpointStore implements CheckpointStore {
    private final SqliteDatabase database;

    /** @param clock tells how old entries are */
    public SqliteCheckpointStore(SqliteDatabase database, Retention retention, WallClock clock) {
        this.database = database;
        database.chore(new Trim("workflow_step", List.of(), retention, clock));
        database.chore(new Trim("workflow_state", List.of(), retention, clock));
    }

    @Override
    public CompletionStage<Claim> claim(
            StepKey step, String requestHash, String writer, long nowEpochMillis, long untilEpochMillis) {
        return database.write(
                on -> CheckpointSql.claim(step, requestHash, writer, nowEpochMillis, untilEpochMillis, on));
    }

    @Override
    public CompletionStage<Boolean> renew(StepKey step, String writer, long untilEpochMillis) {
        return database.write(on -> CheckpointSql.until(step, writer, untilEpochMillis, on));
    }

    @Override
    public CompletionStage<@Nullable Void> failedAt(StepKey step, String writer, String replica) {
        return database.write(on -> CheckpointSql.failedAt(step, writer, replica, on))
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Boolean> complete(String writer, Checkpoint done) {
        return database.write(on -> CheckpointSql.complete(writer, done, on));
    }

    @Override
    public CompletionStage<@Nullable Void> release(StepKey step, String writer) {
        return database.write(on -> CheckpointSql.until(step, writer, 0, on)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<@Nullable Checkpoint> find(StepKey step) {
        return database.readLatest(from -> {
                    PreparedStatement select = CheckpointSql.select(CheckpointSql.FIND, step, from.connection());
                    try (ResultSet found = select.executeQuery()) {
                        return found.next()
                                ? Optional.of(CheckpointSql.checkpoint(found))
                                : Optional.<Checkpoint>empty();
                    }
                })
                .thenApply(found -> found.orElse(null));
    }

    @Override
    public CompletionStage<List<Checkpoint>> steps(@Nullable String key, String workflow, int limit) {
        return database.readLatest(from -> {
            PreparedStatement select = from.connection().prepare(CheckpointSql.STEPS);
            select.setString(1, CheckpointSql.space(key));
            select.setString(2, workflow);
            select.setInt(3, limit);
            List<Checkpoint> newestFirst = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    newestFirst.add(CheckpointSql.checkpoint(found));
                }
            }
            return List.copyOf(newestFirst.reversed());
        });
    }

    @Override
    public CompletionStage<@Nullable SharedState> state(@Nullable String key, String workflow) {
        return database.readLatest(from -> Optional.ofNullable(CheckpointSql.state(key, workflow, from.connection())))
                .thenApply(found -> found.orElse(null));
    }

    @Override
    public CompletionStage<SharedState> compareAndSet(
            @Nullable String key, String workflow, long seen, SharedState next) {
        return database.write(on -> {
            SharedState now = CheckpointSql.state(key, workflow, on);
            boolean same = now != null && now.hash().equals(next.hash());
            if (!same && (now == null ? 0 : now.version()) == seen) {
                CheckpointSql.put(key, workflow, next, on);
                return next;
            }
            return Objects.requireNonNullElseGet(now, () -> new SharedState(0, "null", "", null, 0));
        });
    }

    @Override
    public CompletionStage<@Nullable Void> forget(@Nullable String key, String workflow) {
        return database.write(on -> CheckpointSql.forget(key, workflow, on)).thenApply(done -> null);
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
