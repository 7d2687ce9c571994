package dev.tierway.bootstrap.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigDifferenceTest {
    private static final String CONFIG = """
        providers:
          - { id: p, kind: openai-compatible, base-url: "http://h", api-key: "%s" }
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: p, weight: %d } ] } ]
        %s
        """;

    private static GatewayConfig config(String key, int weight, String more) {
        return GatewayConfig.parse(CONFIG.formatted(key, weight, more), Map.of());
    }

    private static List<String> changes(GatewayConfig before, GatewayConfig after) {
        return ConfigDifference.of(before, after).all();
    }

    @Test
    void what_differs_is_told_by_its_place() {
        assertThat(changes(config("k", 1, ""), config("k", 2, "server: { port: 9 }")))
                .containsExactly("models[m].replicas[p].weight: 1 -> 2", "server.port: 8080 -> 9");
    }

    @Test
    void of_a_secret_only_that_it_is_another_one() {
        assertThat(changes(config("canary-1", 1, ""), config("canary-2", 1, "")))
                .containsExactly("providers[p]: a secret in it is another one");
    }

    @Test
    void many_changes_are_counted() {
        String routes = IntStream.range(0, 120)
                .mapToObj(n -> "r" + n + ": m")
                .collect(Collectors.joining(", ", "routes: { ", " }"));

        assertThat(changes(config("k", 1, ""), config("k", 1, routes)))
                .hasSize(101)
                .last()
                .isEqualTo("and 20 more");
    }
}
