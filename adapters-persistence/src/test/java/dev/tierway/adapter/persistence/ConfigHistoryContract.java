package dev.tierway.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.port.out.ConfigHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every history of configurations promises. */
public interface ConfigHistoryContract {
    ConfigHistory history();

    static ConfigGeneration of(String hash) {
        return new ConfigGeneration(
                0,
                1000,
                new ConfigOrder(ConfigOrder.Origin.ADMIN, "ann", "it's \"better\" – 遅い"),
                "gw-1",
                3L,
                hash,
                "/etc/tierway.yaml",
                "{\"models\":[]}",
                "a secret");
    }

    private long append(String hash, long above) {
        return Answers.of(history().append(of(hash), above));
    }

    @Test
    default void generations_come_back_as_they_were_the_newest_first() {
        long first = append("a", 0);
        ConfigGeneration bare = new ConfigGeneration(
                0, 5, ConfigOrder.of(ConfigOrder.Origin.START), "gw-2", null, "b", null, null, null);
        long second = Answers.of(history().append(bare, 0));

        assertThat(Answers.of(history().latest(10))).containsExactly(bare.numbered(second), of("a").numbered(first));
        assertThat(Answers.of(history().latest(1))).containsExactly(bare.numbered(second));
        assertThat(Answers.of(history().find(first))).contains(of("a").numbered(first));
        assertThat(Answers.of(history().find(second + 1))).isEmpty();
        assertThat(List.of(first, second)).containsExactly(1L, 2L);
    }

    @Test
    default void the_text_that_is_the_newest_already_keeps_its_number() {
        long first = append("a", 0);

        assertThat(append("a", 0)).isEqualTo(first);
        assertThat(append("b", 0)).isEqualTo(first + 1);
        assertThat(append("a", 0)).as("not the newest any more").isEqualTo(first + 2);
        assertThat(Answers.of(history().latest(10))).hasSize(3);
    }

    @Test
    default void a_number_is_always_above_the_bound() {
        long first = append("a", 0);

        assertThat(append("a", first)).as("what it stands for has changed").isEqualTo(first + 1);
        assertThat(append("c", 41))
                .as("an instance counted on its own meanwhile")
                .isEqualTo(42);
        assertThat(append("d", 0)).isEqualTo(43);
    }

    @Test
    default void only_the_newest_are_kept() {
        List<CompletionStage<Long>> appended = new ArrayList<>();
        for (int i = 0; i < ConfigHistory.MOST + 5; i++) {
            appended.add(history().append(of("h" + i), 0));
        }
        appended.forEach(Answers::of);

        List<ConfigGeneration> kept = Answers.of(history().latest(ConfigHistory.MOST + 100));
        assertThat(kept).hasSize(ConfigHistory.MOST);
        assertThat(kept.getFirst().number()).isEqualTo(ConfigHistory.MOST + 5);
        assertThat(Answers.of(history().find(5))).isEmpty();
    }

    @Test
    default void nothing_is_asked_for_in_vain() {
        assertThat(Answers.failure(history().latest(0))).hasMessageContaining("limit must be 1 or more");
    }
}
