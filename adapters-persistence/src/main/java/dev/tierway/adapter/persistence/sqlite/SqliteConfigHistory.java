package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.port.out.ConfigHistory;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Configurations that were in force, in the embedded store. SQLite lets one write at a time, so numbers count up. */
public final class SqliteConfigHistory implements ConfigHistory {
    private static final String COLUMNS =
            "number, at, origin, author, reason, instance, rollback_to, hash, file, document, incomplete";
    private static final String NEWEST = "SELECT number, hash FROM config_generation ORDER BY number DESC LIMIT 1";
    private static final String INSERT =
            "INSERT INTO config_generation (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String TRIM = "DELETE FROM config_generation WHERE number <= (SELECT number FROM"
            + " config_generation ORDER BY number DESC LIMIT 1 OFFSET " + MOST + ")";
    private static final String LATEST = "SELECT " + COLUMNS + " FROM config_generation ORDER BY number DESC LIMIT ?";
    private static final String FIND = "SELECT " + COLUMNS + " FROM config_generation WHERE number = ?";

    private final SqliteDatabase database;

    public SqliteConfigHistory(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Long> append(ConfigGeneration next, long above) {
        return database.write(on -> {
            long last = 0;
            try (ResultSet newest = on.prepare(NEWEST).executeQuery()) {
                if (newest.next()) {
                    last = newest.getLong(1);
                    if (last > above && newest.getString(2).equals(next.hash())) {
                        return last;
                    }
                }
            }
            long number = Math.max(last, above) + 1;
            insert(next.numbered(number), on.prepare(INSERT));
            on.prepare(TRIM).executeUpdate();
            return number;
        });
    }

    private static void insert(ConfigGeneration next, PreparedStatement insert) throws SQLException {
        insert.setLong(1, next.number());
        insert.setLong(2, next.atEpochMillis());
        insert.setString(3, next.order().origin().id());
        insert.setString(4, next.order().author());
        insert.setString(5, next.order().reason());
        insert.setString(6, next.instance());
        insert.setObject(7, next.rollbackTo());
        insert.setString(8, next.hash());
        insert.setString(9, next.file());
        insert.setString(10, next.document());
        insert.setString(11, next.incomplete());
        insert.executeUpdate();
    }

    @Override
    public CompletionStage<List<ConfigGeneration>> latest(int limit) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        return select(LATEST, limit);
    }

    @Override
    public CompletionStage<Optional<ConfigGeneration>> find(long number) {
        return select(FIND, number).thenApply(found -> found.stream().findFirst());
    }

    private CompletionStage<List<ConfigGeneration>> select(String sql, long argument) {
        return database.read(from -> {
            PreparedStatement select = from.connection().prepare(sql);
            select.setLong(1, argument);
            List<ConfigGeneration> generations = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    generations.add(generation(found));
                }
            }
            return generations;
        });
    }

    private static ConfigGeneration generation(ResultSet found) throws SQLException {
        long to = found.getLong(7);
        @Nullable Long rollbackTo = found.wasNull() ? null : (Long) to;
        try {
            return new ConfigGeneration(
                    found.getLong(1),
                    found.getLong(2),
                    new ConfigOrder(
                            ConfigOrder.Origin.parse(found.getString(3)), found.getString(4), found.getString(5)),
                    found.getString(6),
                    rollbackTo,
                    found.getString(8),
                    found.getString(9),
                    found.getString(10),
                    found.getString(11));
        } catch (IllegalArgumentException unknown) {
            throw new StoreException(
                    "a configuration's origin isn't understood (" + unknown.getMessage()
                            + "): was it written by a newer Tierway?",
                    unknown);
        }
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
