package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.CheckpointStoreContract;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.CheckpointStore.Claim;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresCheckpointStoreIT implements CheckpointStoreContract {
    private final String name = PostgresServer.database();
    private PostgresDatabase database;
    private PostgresWriter writer;
    private PostgresCheckpointStore store;

    @BeforeEach
    void open() {
        database = PostgresServer.open(name);
        writer = new PostgresWriter(database);
        store = new PostgresCheckpointStore(
                database, writer, new Retention(1000, Duration.ofDays(36_500)), new ManualClock());
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @Override
    public CheckpointStore store() {
        return store;
    }

    @Test
    void another_gateway_sees_whose_turn_it_is() {
        Answers.of(store.claim(STEP, "h", "one", 0, 100));
        try (PostgresDatabase there = PostgresServer.open(name);
                PostgresWriter theirs = new PostgresWriter(there)) {
            PostgresCheckpointStore other = new PostgresCheckpointStore(
                    there, theirs, new Retention(1000, Duration.ofDays(36_500)), new ManualClock());

            assertThat(Answers.of(other.claim(STEP, "h", "two", 1, 100))).isEqualTo(new Claim.Busy("one", 100));
        }
    }
}
