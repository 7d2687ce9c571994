package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ConfigHistoryContract;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.port.out.ConfigHistory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteConfigHistoryTest implements ConfigHistoryContract {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteConfigHistory history;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(SqliteOptions.at(folder.resolve("tierway.db")));
        history = new SqliteConfigHistory(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public ConfigHistory history() {
        return history;
    }

    @Test
    void generations_outlive_the_process_and_numbers_go_on() {
        long before = Answers.of(history.append(ConfigHistoryContract.of("a"), 0));
        database.close();
        open();

        assertThat(Answers.of(history.append(ConfigHistoryContract.of("a"), 0))).isEqualTo(before);
        assertThat(Answers.of(history.append(ConfigHistoryContract.of("b"), 0))).isEqualTo(before + 1);
        assertThat(Answers.of(history.latest(9)))
                .extracting(ConfigGeneration::number)
                .containsExactly(before + 1, before);
    }

    @Test
    void an_origin_of_a_newer_version_is_not_passed_over_in_silence() {
        Answers.of(database.write(on -> {
            on.execute("INSERT INTO config_generation (number, at, origin, author, instance, hash)"
                    + " VALUES (1, 1, 'dream', 'ann', 'gw-9', 'h')");
            return 1;
        }));

        assertThat(Answers.failure(history.latest(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Tierway");
    }
}
