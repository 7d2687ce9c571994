package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ApiKeyStoreContract;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.NumberedKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys in the embedded store. */
class SqliteApiKeyStoreTest implements ApiKeyStoreContract {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteApiKeyStore keys;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(SqliteOptions.at(folder.resolve("tierway.db")));
        keys = new SqliteApiKeyStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public ApiKeyStore keys() {
        return keys;
    }

    @Test
    void keys_and_last_uses_outlive_the_process_and_numbers_go_on() {
        long born = Answers.of(keys.put(ApiKeyStoreContract.full(), 0)).orElseThrow();
        Answers.of(keys.used(Map.of("full", 100L)));
        close();
        open();

        assertThat(Answers.of(keys.after(0))).containsExactly(new NumberedKey(born, ApiKeyStoreContract.full()));
        assertThat(Answers.of(keys.lastUses())).containsEntry("full", 100L);
        assertThat(Answers.of(keys.put(ApiKeyStoreContract.full().revoked(9), born))
                        .orElseThrow())
                .isGreaterThan(born);
    }

    @Test
    void a_key_of_a_newer_version_is_not_passed_over_in_silence() {
        Answers.of(database.write(on -> {
            on.execute("INSERT INTO api_key (id, document) VALUES ('a', '{\"version\": 2}')");
            return 1;
        }));

        assertThat(Answers.failure(keys.after(0)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Tierway");
    }
}
