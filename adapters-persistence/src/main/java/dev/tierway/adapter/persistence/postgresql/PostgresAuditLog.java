package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.WallClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The audit trail of all gateways on the database. */
public final class PostgresAuditLog implements AuditLog {
    private static final String INSERT =
            "INSERT INTO audit (entry, action, value, scope, subject, author, reason, at, until,"
                    + " instance) VALUES (?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry) DO NOTHING";
    private static final String LATEST = "SELECT action, value, scope, subject, author, reason, at, until, instance"
            + " FROM audit ORDER BY id DESC LIMIT ?";

    private final PostgresDatabase database;

    /** @param clock tells how old entries are */
    public PostgresAuditLog(PostgresDatabase database, PostgresWriter writer, Retention retention, WallClock clock) {
        this.database = database;
        writer.chore(new PostgresTrim("audit", "id", List.of(), retention, clock));
    }

    @Override
    public CompletionStage<@Nullable Void> append(AuditEntry entry) {
        String id = UUID.randomUUID().toString();
        return database.step(on -> {
            try (Arguments insert = new Arguments(on, INSERT)) {
                insert.text(id)
                        .text(entry.action())
                        .text(entry.value())
                        .text(entry.scope())
                        .text(entry.id())
                        .text(entry.author())
                        .text(entry.reason())
                        .number(entry.atEpochMillis())
                        .number(entry.untilEpochMillis())
                        .text(entry.instance())
                        .statement()
                        .executeUpdate();
            }
        });
    }

    @Override
    public CompletionStage<List<AuditEntry>> latest(int limit) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        return database.run(on -> {
            try (Arguments select = new Arguments(on, LATEST).number(limit);
                    ResultSet rows = select.statement().executeQuery()) {
                List<AuditEntry> entries = new ArrayList<>();
                while (rows.next()) {
                    entries.add(entry(rows));
                }
                return entries;
            }
        });
    }

    private static AuditEntry entry(ResultSet found) throws SQLException {
        return new AuditEntry(
                found.getLong(7),
                found.getString(9),
                found.getString(5),
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getString(6),
                found.getObject(8, Long.class));
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
