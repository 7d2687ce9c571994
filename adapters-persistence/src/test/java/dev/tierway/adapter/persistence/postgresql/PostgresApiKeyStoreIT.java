package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ApiKeyStoreContract;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.NumberedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** API keys, shared by gateways. */
class PostgresApiKeyStoreIT implements ApiKeyStoreContract {
    private final String name = PostgresServer.database();
    private PostgresDatabase database;
    private PostgresApiKeyStore keys;

    @BeforeEach
    void open() {
        database = PostgresServer.open(name);
        keys = new PostgresApiKeyStore(database);
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
    void a_write_whose_answer_was_lost_may_be_repeated() {
        Optional<Long> first = Answers.of(keys.put(ApiKeyStoreContract.full(), 0));

        assertThat(Answers.of(keys.put(ApiKeyStoreContract.full(), 0))).isEqualTo(first);
    }

    @Test
    void a_reader_that_polls_misses_no_key_of_writers_on_two_gateways() {
        try (PostgresDatabase there = PostgresServer.open(name)) {
            PostgresApiKeyStore other = new PostgresApiKeyStore(there);
            List<CompletableFuture<Optional<Long>>> puts = new ArrayList<>();
            for (int n = 0; n < 100; n++) {
                puts.add((n % 2 == 0 ? keys : other)
                        .put(ApiKeyStoreContract.key("k" + n), 0)
                        .toCompletableFuture());
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new));
            List<Long> seen = new ArrayList<>();
            long last = 0;
            boolean over;
            do {
                over = all.isDone();
                for (NumberedKey key : Answers.of(other.after(last))) {
                    seen.add(key.number());
                    last = key.number();
                }
            } while (!over);

            assertThat(seen)
                    .containsExactlyElementsOf(puts.stream()
                            .map(put -> Answers.of(put).orElseThrow())
                            .sorted()
                            .toList());
        }
    }
}
