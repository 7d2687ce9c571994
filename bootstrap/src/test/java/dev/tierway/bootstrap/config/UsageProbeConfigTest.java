package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.InvalidConfigException;
import dev.tierway.UsageProbeConfig;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.simulated.SimulatedLimits;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose accounts are asked for, and what simulated vendors limit. */
final class UsageProbeConfigTest {
    private static String config(String url, String provider) {
        return """
            providers: [{ id: p, kind: openai-compatible, base-url: "%s", %s }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """.formatted(url, provider);
    }

    private static UsageProbeConfig probe(String url, String provider) {
        return Configs.parsed(config(url, provider)).providers().getFirst().usageProbe();
    }

    @Test
    void nobody_is_asked_unless_it_is_said() {
        assertThat(probe("https://openrouter.ai/api/v1", "local: false")).isNull();
    }

    @Test
    void every_five_minutes_is_enough() {
        assertThat(probe("https://openrouter.ai/api/v1", "usage-probe: {}"))
                .isEqualTo(new UsageProbeConfig(Duration.ofMinutes(5), Duration.ofSeconds(10), null));
        assertThat(probe("https://proxy.example/v1", "usage-probe: { every: 1h, timeout: 1s, vendor: deepseek }"))
                .isEqualTo(new UsageProbeConfig(Duration.ofHours(1), Duration.ofSeconds(1), Vendor.DEEPSEEK));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.groq.com/openai/v1, usage-probe: {}, doesn't tell a key",
        "https://proxy.example/v1, usage-probe: {}, vendor: openrouter",
        "https://proxy.example/v1, usage-probe: { vendor: openai }, one of openrouter",
        "https://openrouter.ai/api/v1, usage-probe: { every: 0s }, every",
    })
    void who_cannot_be_asked_is_an_error_that_says_what_to_do(String url, String provider, String told) {
        assertThatThrownBy(() -> GatewayConfig.parse(config(url, provider), Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(told);
    }

    private static String simulated(String limits) {
        return """
            providers: [{ id: p, kind: simulated, simulated: { limits: { %s } } }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """.formatted(limits);
    }

    @Test
    void a_simulated_vendor_limits_what_it_is_told_to() {
        GatewayConfig config =
                Configs.parsed(simulated("style: anthropic, requests-per-minute: 60, tokens-per-day: 9000"));
        assertThat(config.providers().getFirst().simulated().limits())
                .isEqualTo(new SimulatedLimits(
                        SimulatedLimits.Style.ANTHROPIC,
                        List.of(
                                Limit.per(Dimension.REQUESTS, 60, Duration.ofMinutes(1)),
                                Limit.per(Dimension.TOKENS, 9000, Duration.ofDays(1)))));
    }

    @Test
    void a_simulated_vendors_limits_are_rates() {
        assertThatThrownBy(() -> GatewayConfig.parse(simulated("concurrency: 4"), Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("concurrency");
        assertThatThrownBy(() -> GatewayConfig.parse(simulated("style: openai"), Map.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("has no limit");
    }
}
