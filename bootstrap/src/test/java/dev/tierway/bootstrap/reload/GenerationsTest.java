package dev.tierway.bootstrap.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.adapter.persistence.memory.MemoryConfigHistory;
import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.port.out.ConfigHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Numbers, and what is found under them. */
class GenerationsTest {
    private static final ConfigOrder START = ConfigOrder.of(ConfigOrder.Origin.START);
    private static final String CONFIG = """
        providers: [ { id: p, kind: openai-compatible, base-url: "http://h", api-key: "%s" } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: p } ] } ]
        """;

    private final ConfigHistory history = new MemoryConfigHistory();
    private final Generations generations = new Generations(history, () -> 7, "here");

    private static ConfigFile file(Map<String, String> environment) {
        return new ConfigFile(Path.of("tierway.yaml"), environment, UnaryOperator.identity());
    }

    private static GatewayConfig config(String key, Map<String, String> environment) {
        return GatewayConfig.parse(CONFIG.formatted(key), environment);
    }

    /** As after a restart: nothing is remembered. */
    private GatewayConfig found(long number, Map<String, String> environment) {
        return new Generations(history, () -> 7, "there").config(number, file(environment));
    }

    @Test
    void what_the_history_keeps_is_filled_with_what_placeholders_stand_for_now() {
        generations.number(config("${KEY}", Map.of("KEY", "old")), START, null, 0);

        assertThat(found(1, Map.of("KEY", "new"))
                        .providers()
                        .getFirst()
                        .apiKey()
                        .reveal())
                .isEqualTo("new");
        assertThatThrownBy(() -> found(1, Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("generation 1")
                .hasMessageContaining("environment variable 'KEY' is not set");
    }

    @Test
    void a_secret_that_was_written_out_is_known_to_the_process_that_had_it_only() {
        GatewayConfig config = config("sk-canary", Map.of());
        generations.number(config, START, null, 0);
        generations.remember(1, config);

        assertThat(generations.config(1, file(Map.of()))).isEqualTo(config);
        assertThatThrownBy(() -> found(1, Map.of()))
                .isInstanceOf(NotPossible.class)
                .hasMessageContaining("providers[0].api-key")
                .hasMessageContaining("write them as ${NAME}")
                .hasMessageNotContaining("canary");
    }

    @Test
    void what_was_made_in_java_comes_back_in_the_same_process() {
        GatewayConfig made = config("k", Map.of()).withText(null);
        generations.number(made, START, null, 0);
        generations.remember(1, made);

        assertThat(generations.config(1, null)).isSameAs(made);
        assertThatThrownBy(() -> found(1, Map.of())).hasMessageContaining("made in Java");
    }

    @Test
    void a_history_that_does_not_answer_keeps_nobody_from_reloading() {
        Generations alone = new Generations(new Broken(), () -> 7, "here");

        Numbered numbered = alone.number(config("k", Map.of()), START, null, 41);

        assertThat(numbered.generation()).isEqualTo(42);
        assertThat(numbered.warning()).contains("not in the history", "the disk is full");
        assertThatThrownBy(() -> alone.config(3, file(Map.of()))).hasMessageContaining("the history doesn't answer");
    }

    private static final class Broken implements ConfigHistory {
        private static <T> CompletionStage<T> failure() {
            return CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));
        }

        @Override
        public CompletionStage<Long> append(ConfigGeneration next, long above) {
            return failure();
        }

        @Override
        public CompletionStage<List<ConfigGeneration>> latest(int limit) {
            return failure();
        }

        @Override
        public CompletionStage<Optional<ConfigGeneration>> find(long number) {
            return failure();
        }

        @Override
        public void close() {}
    }
}
