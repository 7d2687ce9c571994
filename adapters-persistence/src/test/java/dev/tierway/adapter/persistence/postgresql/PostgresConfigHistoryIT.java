package dev.tierway.adapter.persistence.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ConfigHistoryContract;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.port.out.ConfigHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configurations that were in force, of several gateways. */
class PostgresConfigHistoryIT implements ConfigHistoryContract {
    private final String name = PostgresServer.database();
    private PostgresDatabase database;
    private PostgresConfigHistory history;

    @BeforeEach
    void open() {
        database = PostgresServer.open(name);
        history = new PostgresConfigHistory(database);
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
    void gateways_that_read_the_same_file_name_it_alike() {
        try (PostgresDatabase there = PostgresServer.open(name)) {
            PostgresConfigHistory other = new PostgresConfigHistory(there);
            long here = Answers.of(history.append(ConfigHistoryContract.of("a"), 0));

            assertThat(Answers.of(other.append(ConfigHistoryContract.of("a"), 0)))
                    .isEqualTo(here);
            assertThat(Answers.of(other.append(ConfigHistoryContract.of("b"), here)))
                    .isEqualTo(Answers.of(history.append(ConfigHistoryContract.of("b"), here)));
        }
    }

    @Test
    void no_number_names_two_configurations_however_many_gateways_write_at_once() {
        try (PostgresDatabase there = PostgresServer.open(name)) {
            PostgresConfigHistory other = new PostgresConfigHistory(there);
            List<CompletionStage<Long>> numbers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                numbers.add((i % 2 == 0 ? history : other).append(ConfigHistoryContract.of("h" + i), 0));
            }

            assertThat(numbers.stream().map(Answers::of)).doesNotHaveDuplicates();
            assertThat(Answers.of(history.latest(100)))
                    .hasSize(40)
                    .extracting(ConfigGeneration::hash)
                    .doesNotHaveDuplicates();
        }
    }
}
