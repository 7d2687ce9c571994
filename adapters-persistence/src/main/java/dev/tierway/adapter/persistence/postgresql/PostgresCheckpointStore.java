package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import dev.tierway.application.port.out.WallClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Steps and states of all gateways on the database. Every change is one statement that names what it was decided by, so that
 * two who decide at once can't both be right.
 */
public final class PostgresCheckpointStore implements CheckpointStore {
    private static final String COLUMNS =
            "key, workflow, step, request_hash, writer, until, number, agent, call, replica,"
                    + " failed, reply, input, output, cost_nano_usd, started, at, state_version";
    private static final String OF_STEP = " WHERE key = ? AND workflow = ? AND step = ?";
    private static final String OPEN = OF_STEP + " AND writer = ? AND number IS NULL";
    private static final String ANY = "SELECT " + COLUMNS + " FROM workflow_step" + OF_STEP;
    /** Who is there stays, unless it is done with another request, silent for too long, or this very writer. */
    private static final String CLAIM = "INSERT INTO workflow_step AS s"
            + " (key, workflow, step, request_hash, writer, until, failed, at) VALUES (?, ?, ?, ?, ?, ?, '{}', ?)"
            + " ON CONFLICT (key, workflow, step) DO UPDATE SET request_hash = excluded.request_hash,"
            + " writer = excluded.writer, until = excluded.until, number = NULL, reply = NULL, at = excluded.at,"
            + " failed = CASE WHEN s.number IS NULL THEN s.failed ELSE '{}' END"
            + " WHERE (s.number IS NULL AND (s.until <= ? OR s.writer = excluded.writer))"
            + " OR (s.number IS NOT NULL AND s.request_hash <> excluded.request_hash) RETURNING failed";

    private static final String UNTIL = "UPDATE workflow_step SET until = ?" + OPEN;
    private static final String FAILED =
            "UPDATE workflow_step SET failed = failed || ARRAY[?]" + OPEN + " AND NOT ? = ANY (failed)";
    private static final String COMPLETE = "UPDATE workflow_step SET number ="
            + " (SELECT coalesce(max(number), 0) + 1 FROM workflow_step WHERE key = ? AND workflow = ?),"
            + " request_hash = ?, agent = ?, call = ?, replica = ?, failed = ?, reply = ?, input = ?, output = ?,"
            + " cost_nano_usd = ?, started = ?, at = ?, state_version = ?" + OPEN;
    private static final String STEPS = "SELECT " + COLUMNS + " FROM workflow_step"
            + " WHERE key = ? AND workflow = ? AND number IS NOT NULL ORDER BY number DESC, id DESC LIMIT ?";
    private static final String STATE =
            "SELECT version, json, hash, agent, at FROM workflow_state WHERE key = ? AND workflow = ?";
    private static final String PUT = "INSERT INTO workflow_state AS s (key, workflow, version, json, hash, agent, at)"
        + " SELECT ?, ?, ?, ?, ?, ?, ? WHERE ? = 0 OR EXISTS (SELECT 1 FROM workflow_state WHERE key = ? AND workflow"
        + " = ?) ON CONFLICT (key, workflow) DO UPDATE SET version = excluded.version, json = excluded.json, hash ="
        + " excluded.hash, agent = excluded.agent, at = excluded.at WHERE s.version = ? AND s.hash <> excluded.hash";

    private final PostgresDatabase database;

    /** @param clock tells how old entries are */
    public PostgresCheckpointStore(
            PostgresDatabase database, PostgresWriter writer, Retention retention, WallClock clock) {
        this.database = database;
        writer.chore(new PostgresTrim("workflow_step", "id", List.of(), retention, clock));
        writer.chore(new PostgresTrim("workflow_state", "id", List.of(), retention, clock));
    }

    private static String space(@Nullable String key) {
        return key == null ? "" : key;
    }

    private static Arguments name(Arguments call, StepKey step) throws SQLException {
        return call.text(space(step.key())).text(step.workflow()).text(step.step());
    }

    @Override
    public CompletionStage<Claim> claim(
            StepKey step, String requestHash, String writer, long nowEpochMillis, long untilEpochMillis) {
        return database.run(on -> {
            try (Arguments call = name(new Arguments(on, CLAIM), step)
                            .text(requestHash)
                            .text(writer)
                            .number(untilEpochMillis)
                            .number(nowEpochMillis)
                            .number(nowEpochMillis);
                    ResultSet taken = call.statement().executeQuery()) {
                if (taken.next()) {
                    return new Claim.Taken(List.of((String[]) taken.getArray(1).getArray()));
                }
            }
            return standing(step, requestHash, on);
        });
    }

    private static Claim standing(StepKey step, String requestHash, Connection on) throws SQLException {
        try (Arguments call = name(new Arguments(on, ANY), step);
                ResultSet found = call.statement().executeQuery()) {
            if (!found.next()) {
                // Forgotten in between: as good as busy for a moment.
                return new Claim.Busy("nobody any more", 0);
            }
            boolean done = found.getObject("number", Long.class) != null;
            return done && found.getString("request_hash").equals(requestHash)
                    ? new Claim.Done(checkpoint(found))
                    : new Claim.Busy(found.getString("writer"), found.getLong("until"));
        }
    }

    @Override
    public CompletionStage<Boolean> renew(StepKey step, String writer, long untilEpochMillis) {
        return database.run(on -> until(step, writer, untilEpochMillis, on));
    }

    private static boolean until(StepKey step, String writer, long until, Connection on) throws SQLException {
        try (Arguments update =
                name(new Arguments(on, UNTIL).number(until), step).text(writer)) {
            return update.statement().executeUpdate() == 1;
        }
    }

    @Override
    public CompletionStage<@Nullable Void> failedAt(StepKey step, String writer, String replica) {
        return database.step(on -> {
            try (Arguments update = name(new Arguments(on, FAILED).text(replica), step)
                    .text(writer)
                    .text(replica)) {
                update.statement().executeUpdate();
            }
        });
    }

    @Override
    public CompletionStage<Boolean> complete(String writer, Checkpoint done) {
        return database.run(on -> {
            try (Arguments update = name(
                            new Arguments(on, COMPLETE)
                                    .text(space(done.step().key()))
                                    .text(done.step().workflow())
                                    .text(done.requestHash())
                                    .text(done.agent())
                                    .text(done.callId())
                                    .text(done.replica())
                                    .texts(done.failedReplicas().toArray(String[]::new))
                                    .text(done.reply())
                                    .number(done.inputTokens())
                                    .number(done.outputTokens())
                                    .number(done.costNanoUsd())
                                    .number(done.startedEpochMillis())
                                    .number(done.endedEpochMillis())
                                    .number(done.stateVersion()),
                            done.step())
                    .text(writer)) {
                if (update.statement().executeUpdate() == 1) {
                    return true;
                }
            }
            // Done again after a cut connection, it is done already.
            try (Arguments call = name(new Arguments(on, ANY), done.step());
                    ResultSet found = call.statement().executeQuery()) {
                return found.next()
                        && found.getString("writer").equals(writer)
                        && found.getObject("number", Long.class) != null;
            }
        });
    }

    @Override
    public CompletionStage<@Nullable Void> release(StepKey step, String writer) {
        return database.run(on -> until(step, writer, 0, on)).thenApply(done -> null);
    }

    @Override
    public CompletionStage<@Nullable Checkpoint> find(StepKey step) {
        return database.run(on -> {
                    try (Arguments call = name(new Arguments(on, ANY + " AND number IS NOT NULL"), step);
                            ResultSet found = call.statement().executeQuery()) {
                        return found.next() ? Optional.of(checkpoint(found)) : Optional.<Checkpoint>empty();
                    }
                })
                .thenApply(found -> found.orElse(null));
    }

    @Override
    public CompletionStage<List<Checkpoint>> steps(@Nullable String key, String workflow, int limit) {
        return database.run(on -> {
            try (Arguments call = new Arguments(on, STEPS)
                            .text(space(key))
                            .text(workflow)
                            .number(limit);
                    ResultSet found = call.statement().executeQuery()) {
                List<Checkpoint> newestFirst = new ArrayList<>();
                while (found.next()) {
                    newestFirst.add(checkpoint(found));
                }
                return List.copyOf(newestFirst.reversed());
            }
        });
    }

    private static Checkpoint checkpoint(ResultSet found) throws SQLException {
        String key = found.getString("key");
        return new Checkpoint(
                new StepKey(key.isEmpty() ? null : key, found.getString("workflow"), found.getString("step")),
                found.getString("request_hash"),
                found.getString("agent"),
                found.getString("call"),
                found.getString("replica"),
                List.of((String[]) found.getArray("failed").getArray()),
                found.getString("reply"),
                found.getLong("input"),
                found.getLong("output"),
                found.getObject("cost_nano_usd", Long.class),
                found.getLong("started"),
                found.getLong("at"),
                found.getLong("state_version"));
    }

    @Override
    public CompletionStage<@Nullable SharedState> state(@Nullable String key, String workflow) {
        return database.run(on -> Optional.ofNullable(state(key, workflow, on))).thenApply(found -> found.orElse(null));
    }

    private static @Nullable SharedState state(@Nullable String key, String workflow, Connection on)
            throws SQLException {
        try (Arguments call = new Arguments(on, STATE).text(space(key)).text(workflow);
                ResultSet found = call.statement().executeQuery()) {
            return found.next()
                    ? new SharedState(
                            found.getLong(1),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            found.getLong(5))
                    : null;
        }
    }

    @Override
    public CompletionStage<SharedState> compareAndSet(
            @Nullable String key, String workflow, long seen, SharedState next) {
        return database.run(on -> {
            try (Arguments put = new Arguments(on, PUT)
                    .text(space(key))
                    .text(workflow)
                    .number(next.version())
                    .text(next.json())
                    .text(next.hash())
                    .text(next.agent())
                    .number(next.atEpochMillis())
                    .number(seen)
                    .text(space(key))
                    .text(workflow)
                    .number(seen)) {
                if (put.statement().executeUpdate() == 1) {
                    return next;
                }
            }
            SharedState now = state(key, workflow, on);
            return now == null ? new SharedState(0, "null", "", null, 0) : now;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> forget(@Nullable String key, String workflow) {
        return database.step(on -> {
            for (String table : List.of("workflow_step", "workflow_state")) {
                try (Arguments delete = new Arguments(on, "DELETE FROM " + table + " WHERE key = ? AND workflow = ?")
                        .text(space(key))
                        .text(workflow)) {
                    delete.statement().executeUpdate();
                }
            }
        });
    }

    /** What was confirmed is on the server; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
