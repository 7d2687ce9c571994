package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.port.out.ConfigHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Configurations that were in force at any gateway on the database: one that reads the file another has read before names it
 * alike, and no number ever names two.
 */
public final class PostgresConfigHistory implements ConfigHistory {
    private static final String COLUMNS =
            "number, at, origin, author, reason, instance, rollback_to, hash, file, document, incomplete";
    private static final String PUT = "SELECT put_config(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String LATEST = "SELECT " + COLUMNS + " FROM config_generation ORDER BY number DESC LIMIT ?";
    private static final String FIND = "SELECT " + COLUMNS + " FROM config_generation WHERE number = ?";

    private final PostgresDatabase database;

    public PostgresConfigHistory(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Long> append(ConfigGeneration next, long above) {
        return database.run(on -> {
            try (Arguments call = new Arguments(on, PUT)) {
                call.number(above)
                        .number((long) MOST)
                        .number(next.atEpochMillis())
                        .text(next.order().origin().id())
                        .text(next.order().author())
                        .text(next.order().reason())
                        .text(next.instance())
                        .number(next.rollbackTo())
                        .text(next.hash())
                        .text(next.file())
                        .text(next.document())
                        .text(next.incomplete());
                try (ResultSet row = call.statement().executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
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
        return database.run(on -> {
            try (Arguments call = new Arguments(on, sql).number(argument);
                    ResultSet rows = call.statement().executeQuery()) {
                List<ConfigGeneration> generations = new ArrayList<>();
                while (rows.next()) {
                    generations.add(generation(rows));
                }
                return generations;
            }
        });
    }

    private static ConfigGeneration generation(ResultSet found) throws SQLException {
        try {
            return new ConfigGeneration(
                    found.getLong(1),
                    found.getLong(2),
                    new ConfigOrder(
                            ConfigOrder.Origin.parse(found.getString(3)), found.getString(4), found.getString(5)),
                    found.getString(6),
                    found.getObject(7, Long.class),
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
