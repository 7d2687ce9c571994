package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.WallClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The audit trail in the embedded store. */
public final class SqliteAuditLog implements AuditLog {
    private final SqliteDatabase database;

    /** @param clock tells how old entries are */
    public SqliteAuditLog(SqliteDatabase database, Retention retention, WallClock clock) {
        this.database = database;
        database.chore(new Trim("audit", List.of(), retention, clock));
    }

    @Override
    public CompletionStage<@Nullable Void> append(AuditEntry entry) {
        return database.write(on -> OperatorSql.insert(entry, on)).thenApply(rows -> null);
    }

    @Override
    public CompletionStage<List<AuditEntry>> latest(int limit) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        return database.read(from -> {
            PreparedStatement select = from.connection().prepare(OperatorSql.LATEST_AUDIT);
            select.setInt(1, limit);
            List<AuditEntry> entries = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    entries.add(OperatorSql.audit(found));
                }
            }
            return entries;
        });
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
