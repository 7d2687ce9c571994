package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.key.StoredKeyJson;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.StoredKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * API keys in the embedded store: shared by all who have the file open. SQLite lets one write at a time, so numbers become
 * visible in their order.
 */
public final class SqliteApiKeyStore implements ApiKeyStore {
    private final SqliteDatabase database;

    public SqliteApiKeyStore(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<Long>> put(StoredKey key, long was) {
        String document = StoredKeyJson.write(key);
        return database.write(on -> put(key.id(), document, was, on));
    }

    private static Optional<Long> put(String id, String document, long was, Statements on) throws SQLException {
        if (number(id, on) != was) {
            return Optional.empty();
        }
        // The one before goes, and the new one gets the next number.
        PreparedStatement put =
                on.prepare("INSERT OR REPLACE INTO api_key (id, document) VALUES (?, ?) RETURNING number");
        put.setString(1, id);
        put.setString(2, document);
        try (ResultSet inserted = put.executeQuery()) {
            inserted.next();
            return Optional.of(inserted.getLong(1));
        }
    }

    private static long number(String id, Statements on) throws SQLException {
        PreparedStatement select = on.prepare("SELECT coalesce(max(number), 0) FROM api_key WHERE id = ?");
        select.setString(1, id);
        try (ResultSet found = select.executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    @Override
    public CompletionStage<List<NumberedKey>> after(long number) {
        return database.read(from -> {
            PreparedStatement select =
                    from.connection().prepare("SELECT number, document FROM api_key WHERE number > ? ORDER BY number");
            select.setLong(1, number);
            List<NumberedKey> keys = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    keys.add(new NumberedKey(found.getLong(1), StoredKeyJson.read(found.getString(2))));
                }
            }
            return keys;
        });
    }

    @Override
    public CompletionStage<@Nullable Void> used(Map<String, Long> epochMillisById) {
        Map<String, Long> uses = new LinkedHashMap<>(epochMillisById);
        return database.write(on -> {
                    PreparedStatement put = on.prepare("INSERT INTO api_key_use (id, at) VALUES (?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET at = max(at, excluded.at)");
                    for (Map.Entry<String, Long> use : uses.entrySet()) {
                        put.setString(1, use.getKey());
                        put.setLong(2, use.getValue());
                        put.executeUpdate();
                    }
                    return uses.size();
                })
                .thenApply(rows -> null);
    }

    @Override
    public CompletionStage<Map<String, Long>> lastUses() {
        return database.read(from -> {
            Map<String, Long> uses = new LinkedHashMap<>();
            try (ResultSet found = from.connection()
                    .prepare("SELECT id, at FROM api_key_use ORDER BY id")
                    .executeQuery()) {
                while (found.next()) {
                    uses.put(found.getString(1), found.getLong(2));
                }
            }
            return uses;
        });
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
