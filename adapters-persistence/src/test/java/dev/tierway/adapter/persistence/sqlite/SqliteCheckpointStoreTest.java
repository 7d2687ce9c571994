package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.CheckpointStoreContract;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.application.port.out.CheckpointStore;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCheckpointStoreTest implements CheckpointStoreContract {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteCheckpointStore store;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(SqliteOptions.at(folder.resolve("tierway.db")));
        store = new SqliteCheckpointStore(database, new Retention(1000, Duration.ofDays(36_500)), new ManualClock());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public CheckpointStore store() {
        return store;
    }

    @Test
    void steps_and_states_outlive_the_process() {
        Answers.of(store.claim(STEP, "h", "one", 0, 100));
        Answers.of(store.complete("one", CheckpointStoreContract.done(STEP, "h")));
        database.close();
        open();

        assertThat(Answers.of(store.find(STEP))).isEqualTo(CheckpointStoreContract.done(STEP, "h"));
    }
}
