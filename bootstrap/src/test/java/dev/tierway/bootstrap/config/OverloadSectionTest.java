package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.ConfigProblem;
import dev.tierway.GatewayConfig;
import dev.tierway.IdempotencyConfig;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.queue.QueuePriority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code overload}, {@code idempotency} and {@code observability}. */
final class OverloadSectionTest {
    private static final String FLEET = """
        providers: [ { id: a, kind: openai-compatible, base-url: "http://127.0.0.1:1" } ]
        models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: a } ] } ]
        """;

    private static GatewayConfig config(String more) {
        return GatewayConfig.parse(FLEET + more, Map.of());
    }

    @Test
    void absent_it_is_the_defaults_and_no_traces() {
        assertThat(config("").overload()).isEqualTo(OverloadSettings.DEFAULTS);
        assertThat(config("").idempotency()).isEqualTo(IdempotencyConfig.DEFAULTS);
        assertThat(config("").traces()).isNull();
    }

    @Test
    void empty_sections_are_the_defaults_too() {
        assertThat(config("overload: {}\nidempotency: {}").overload()).isEqualTo(OverloadSettings.DEFAULTS);
        assertThat(config("overload: {}\nidempotency: {}").idempotency()).isEqualTo(IdempotencyConfig.DEFAULTS);
    }

    @Test
    void what_is_written_is_in_force() {
        GatewayConfig config = config("""
            overload: { max-calls: 5, max-streams: 2, calls-per-second: 9, max-waiting: 3, max-waiting-per-key: 1, high: [x], low: [y] }
            idempotency: { keep: 1h, max-bytes: 1MiB, max-reply: 1KiB }
            """);

        assertThat(config.overload())
                .isEqualTo(
                        new OverloadSettings(5, 2, 9, 3, 1, Map.of("x", QueuePriority.HIGH, "y", QueuePriority.LOW)));
        assertThat(config.idempotency()).isEqualTo(new IdempotencyConfig(Duration.ofHours(1), 1 << 20, 1 << 10));
    }

    @Test
    void a_key_of_two_priorities_is_an_error_with_a_way_out() {
        List<ConfigProblem> problems = GatewayConfig.validate(FLEET + "overload: { high: [x], low: [x] }", Map.of());

        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("'x'").contains("name it once"));
    }

    @Test
    void a_collectors_headers_are_secrets() {
        GatewayConfig config =
                config("observability: { traces: { endpoint: \"http://h:4318/\", headers: { x-key: canary } } }");

        assertThat(config.toRedactedMap().toString())
                .contains("http://h:4318")
                .contains("x-key")
                .doesNotContain("canary");
        assertThat(config.toString()).doesNotContain("canary");
    }

    @Test
    void a_collector_needs_an_address() {
        assertThat(GatewayConfig.validate(FLEET + "observability: { traces: { sample: 10% } }", Map.of()))
                .anySatisfy(problem -> assertThat(problem.toString()).contains("endpoint"));
    }
}
