package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.application.port.out.Checkpoint;
import dev.tierway.application.port.out.CheckpointStore.Claim;
import dev.tierway.application.port.out.SharedState;
import dev.tierway.application.port.out.StepKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps and states as SQL. Replicas' ids hold no line breaks: a list of them is lines. */
final class CheckpointSql {
    private static final String COLUMNS =
            "key, workflow, step, request_hash, writer, until, number, agent, call, replica,"
                    + " failed, reply, input, output, cost_nano_usd, started, at, state_version";
    private static final String OF_STEP = " WHERE key = ? AND workflow = ? AND step = ?";
    private static final String OPEN = OF_STEP + " AND writer = ? AND number IS NULL";
    static final String FIND = "SELECT " + COLUMNS + " FROM workflow_step" + OF_STEP + " AND number IS NOT NULL";
    static final String STEPS = "SELECT " + COLUMNS + " FROM workflow_step"
            + " WHERE key = ? AND workflow = ? AND number IS NOT NULL ORDER BY number DESC LIMIT ?";
    private static final String ANY = "SELECT " + COLUMNS + " FROM workflow_step" + OF_STEP;
    private static final String CLAIM = "INSERT INTO workflow_step (key, workflow, step, request_hash, writer, until,"
        + " failed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, workflow, step) DO UPDATE SET request_hash ="
        + " excluded.request_hash, writer = excluded.writer, until = excluded.until, failed = excluded.failed, number"
        + " = NULL, reply = NULL, at = excluded.at";
    private static final String UNTIL = "UPDATE workflow_step SET until = ?" + OPEN;
    private static final String FAILED = "UPDATE workflow_step SET failed = ?" + OPEN;
    private static final String COMPLETE = "UPDATE workflow_step SET number ="
            + " (SELECT coalesce(max(number), 0) + 1 FROM workflow_step WHERE key = ? AND workflow = ?),"
            + " request_hash = ?, agent = ?, call = ?, replica = ?, failed = ?, reply = ?, input = ?, output = ?,"
            + " cost_nano_usd = ?, started = ?, at = ?, state_version = ?" + OPEN;
    private static final String STATE =
            "SELECT version, json, hash, agent, at FROM workflow_state WHERE key = ? AND workflow = ?";
    private static final String PUT = "INSERT INTO workflow_state (key, workflow, version, json, hash, agent, at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, workflow) DO UPDATE SET version = excluded.version,"
            + " json = excluded.json, hash = excluded.hash, agent = excluded.agent, at = excluded.at";

    private CheckpointSql() {}

    static String space(@Nullable String key) {
        return key == null ? "" : key;
    }

    static PreparedStatement select(String sql, StepKey step, Statements on) throws SQLException {
        PreparedStatement select = on.prepare(sql);
        name(select, 1, step);
        return select;
    }

    private static void name(PreparedStatement statement, int from, StepKey step) throws SQLException {
        statement.setString(from, space(step.key()));
        statement.setString(from + 1, step.workflow());
        statement.setString(from + 2, step.step());
    }

    static Claim claim(StepKey step, String hash, String writer, long now, long until, Statements on)
            throws SQLException {
        List<String> failed = List.of();
        try (ResultSet found = select(ANY, step, on).executeQuery()) {
            if (found.next()) {
                found.getLong("number");
                boolean done = !found.wasNull();
                if (done && found.getString("request_hash").equals(hash)) {
                    return new Claim.Done(checkpoint(found));
                }
                String before = found.getString("writer");
                long held = found.getLong("until");
                if (!done && held > now && !before.equals(writer)) {
                    return new Claim.Busy(before, held);
                }
                failed = done ? List.of() : lines(found.getString("failed"));
            }
        }
        PreparedStatement insert = on.prepare(CLAIM);
        name(insert, 1, step);
        insert.setString(4, hash);
        insert.setString(5, writer);
        insert.setLong(6, until);
        insert.setString(7, String.join("\n", failed));
        insert.setLong(8, now);
        insert.executeUpdate();
        return new Claim.Taken(failed);
    }

    static boolean until(StepKey step, String writer, long until, Statements on) throws SQLException {
        PreparedStatement update = on.prepare(UNTIL);
        update.setLong(1, until);
        name(update, 2, step);
        update.setString(5, writer);
        return update.executeUpdate() == 1;
    }

    static boolean failedAt(StepKey step, String writer, String replica, Statements on) throws SQLException {
        List<String> failed = new ArrayList<>();
        try (ResultSet found = select(ANY, step, on).executeQuery()) {
            if (found.next()) {
                failed.addAll(lines(found.getString("failed")));
            }
        }
        if (failed.contains(replica)) {
            return false;
        }
        failed.add(replica);
        PreparedStatement update = on.prepare(FAILED);
        update.setString(1, String.join("\n", failed));
        name(update, 2, step);
        update.setString(5, writer);
        return update.executeUpdate() == 1;
    }

    static boolean complete(String writer, Checkpoint done, Statements on) throws SQLException {
        PreparedStatement update = on.prepare(COMPLETE);
        update.setString(1, space(done.step().key()));
        update.setString(2, done.step().workflow());
        update.setString(3, done.requestHash());
        update.setString(4, done.agent());
        update.setString(5, done.callId());
        update.setString(6, done.replica());
        update.setString(7, String.join("\n", done.failedReplicas()));
        update.setString(8, done.reply());
        update.setLong(9, done.inputTokens());
        update.setLong(10, done.outputTokens());
        Long cost = done.costNanoUsd();
        if (cost == null) {
            update.setNull(11, Types.BIGINT);
        } else {
            update.setLong(11, cost);
        }
        update.setLong(12, done.startedEpochMillis());
        update.setLong(13, done.endedEpochMillis());
        update.setLong(14, done.stateVersion());
        name(update, 15, done.step());
        update.setString(18, writer);
        return update.executeUpdate() == 1;
    }

    static Checkpoint checkpoint(ResultSet found) throws SQLException {
        String key = found.getString("key");
        long cost = found.getLong("cost_nano_usd");
        Long known = found.wasNull() ? null : (Long) cost;
        return new Checkpoint(
                new StepKey(key.isEmpty() ? null : key, found.getString("workflow"), found.getString("step")),
                found.getString("request_hash"),
                found.getString("agent"),
                found.getString("call"),
                found.getString("replica"),
                lines(found.getString("failed")),
                found.getString("reply"),
                found.getLong("input"),
                found.getLong("output"),
                known,
                found.getLong("started"),
                found.getLong("at"),
                found.getLong("state_version"));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n"));
    }

    static @Nullable SharedState state(@Nullable String key, String workflow, Statements on) throws SQLException {
        PreparedStatement select = on.prepare(STATE);
        select.setString(1, space(key));
        select.setString(2, workflow);
        try (ResultSet found = select.executeQuery()) {
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

    static void put(@Nullable String key, String workflow, SharedState next, Statements on) throws SQLException {
        PreparedStatement put = on.prepare(PUT);
        put.setString(1, space(key));
        put.setString(2, workflow);
        put.setLong(3, next.version());
        put.setString(4, next.json());
        put.setString(5, next.hash());
        put.setString(6, next.agent());
        put.setLong(7, next.atEpochMillis());
        put.executeUpdate();
    }

    static boolean forget(@Nullable String key, String workflow, Statements on) throws SQLException {
        for (String table : List.of("workflow_step", "workflow_state")) {
            PreparedStatement delete = on.prepare("DELETE FROM " + table + " WHERE key = ? AND workflow = ?");
            delete.setString(1, space(key));
            delete.setString(2, workflow);
            delete.executeUpdate();
        }
        return true;
    }
}
