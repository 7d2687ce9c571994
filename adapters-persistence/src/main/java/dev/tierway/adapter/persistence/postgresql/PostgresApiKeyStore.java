package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.key.StoredKeyJson;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.NumberedKey;
import dev.tierway.application.port.out.StoredKey;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * API keys, shared by all gateways on the database. A writer holds the row with the last number until its key is visible, so
 * nobody who has seen a number learns of a lower one later.
 */
public final class PostgresApiKeyStore implements ApiKeyStore {
    private static final String PUT = "SELECT put_key(?, ?, ?)";
    private static final String AFTER = "SELECT number, document FROM api_key WHERE number > ? ORDER BY number";
    private static final String USED = "INSERT INTO api_key_use (id, at) SELECT * FROM unnest(?::text[], ?::bigint[])"
            + " ON CONFLICT (id) DO UPDATE SET at = greatest(api_key_use.at, excluded.at)";
    private static final String USES = "SELECT id, at FROM api_key_use ORDER BY id";

    private final PostgresDatabase database;

    public PostgresApiKeyStore(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Optional<Long>> put(StoredKey key, long was) {
        String document = StoredKeyJson.write(key);
        return database.run(on -> {
            try (Arguments call =
                            new Arguments(on, PUT).text(key.id()).text(document).number(was);
                    ResultSet row = call.statement().executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, Long.class));
            }
        });
    }

    @Override
    public CompletionStage<List<NumberedKey>> after(long number) {
        return database.run(on -> {
            try (Arguments call = new Arguments(on, AFTER).number(number);
                    ResultSet rows = call.statement().executeQuery()) {
                List<NumberedKey> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(new NumberedKey(rows.getLong(1), StoredKeyJson.read(rows.getString(2))));
                }
                return keys;
            }
        });
    }

    /** In the order of their ids: gateways that store at once wait for one another, and never in a circle. */
    @Override
    public CompletionStage<@Nullable Void> used(Map<String, Long> epochMillisById) {
        Map<String, Long> uses = new TreeMap<>(epochMillisById);
        return database.step(on -> {
            try (Arguments put = new Arguments(on, USED)
                    .texts(uses.keySet().toArray(String[]::new))
                    .numbers(uses.values().stream().mapToLong(Long::longValue).toArray())) {
                put.statement().executeUpdate();
            }
        });
    }

    @Override
    public CompletionStage<Map<String, Long>> lastUses() {
        return database.run(on -> {
            try (Arguments select = new Arguments(on, USES);
                    ResultSet rows = select.statement().executeQuery()) {
                Map<String, Long> uses = new LinkedHashMap<>();
                while (rows.next()) {
                    uses.put(rows.getString(1), rows.getLong(2));
                }
                return uses;
            }
        });
    }

    /** What was confirmed is on disk; the database stays open. */
    @Override
    public void close() {
        // Whoever opened the database closes it.
    }
}
