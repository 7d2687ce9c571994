package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Brings a file's tables to the version this program knows. */
final class Schema {
    private Schema() {}

    /** @throws StoreException if the file is of a newer version */
    static void migrate(Statements on, List<Migration> known, Object file) throws SQLException {
        on.execute("BEGIN IMMEDIATE");
        try {
            on.execute("CREATE TABLE IF NOT EXISTS schema_version"
                    + " (version INTEGER PRIMARY KEY, what TEXT NOT NULL, at TEXT NOT NULL)");
            int version = version(on);
            int newest = known.getLast().version();
            if (version > newest) {
                throw new StoreException(file + " was written by a newer Tierway (schema " + version
                        + ", this one knows " + newest + "): run that version, or choose another storage.ledger.path");
            }
            for (Migration migration : known) {
                if (migration.version() > version) {
                    apply(on, migration);
                }
            }
            on.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            on.rollBack(e);
            throw e;
        }
    }

    private static int version(Statements on) throws SQLException {
        try (ResultSet rows = on.prepare("SELECT coalesce(max(version), 0) FROM schema_version")
                .executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void apply(Statements on, Migration migration) throws SQLException {
        for (String step : migration.statements()) {
            on.execute(step);
        }
        PreparedStatement insert =
                on.prepare("INSERT INTO schema_version (version, what, at) VALUES (?, ?, datetime('now'))");
        insert.setInt(1, migration.version());
        insert.setString(2, migration.what());
        insert.executeUpdate();
    }
}
