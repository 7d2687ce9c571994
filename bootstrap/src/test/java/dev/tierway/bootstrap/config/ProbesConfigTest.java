package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.ProbeConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.ProviderConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers are looked at, and how. */
final class ProbesConfigTest {
    private static String config(String provider, String routing) {
        return """
            providers: [{ id: p, kind: openai-compatible, base-url: "http://localhost:1/v1", %s }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            routing: { %s }
            """.formatted(provider, routing);
    }

    private static boolean on(String provider, String routing) {
        GatewayConfig config = Configs.parsed(config(provider, routing));
        ProviderConfig one = config.providers().getFirst();
        return one.probe().on(config.routing().probes(), one.local());
    }

    @ParameterizedTest
    @CsvSource({
        "local: true, , true",
        "local: false, , false",
        "local: true, probes: { local: false }, false",
        "'local: true, probe: off', , false",
        "'local: true, probe: \"off\"', , false",
        "'local: true, probe: false', , false",
        "probe: true, , true",
        "'local: true, probe: on', probes: { local: false }, true",
        "probe: on, , true",
        "probe: { path: /health }, , true",
        "probe: {}, , true",
    })
    void local_servers_are_looked_at_and_others_when_their_provider_says_so(
            String provider, String routing, boolean looked) {
        assertThat(on(provider, routing == null ? "" : routing)).isEqualTo(looked);
    }

    @Test
    void what_a_provider_does_not_say_is_as_in_routing() {
        GatewayConfig config = Configs.parsed(
                config("probe: { path: health, interval: 5s }", "probes: { interval: 20s, timeout: 500ms }"));
        ProbesConfig standing = config.routing().probes();
        ProbeConfig probe = config.providers().getFirst().probe();

        assertThat(probe.interval(standing)).isEqualTo(Duration.ofSeconds(5));
        assertThat(probe.timeout(standing)).isEqualTo(Duration.ofMillis(500));
        assertThat(probe.settings(standing).path()).isEqualTo("health");
        assertThat(ProbeConfig.UNSAID.interval(standing)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Configs.parsed(config("local: true", "")).routing().probes()).isEqualTo(ProbesConfig.DEFAULTS);
    }

    @Test
    void what_can_not_be_got_is_refused() {
        assertThat(problems("probe: { path: \"/health?key=hunter2\" }"))
                .singleElement()
                .asString()
                .contains("providers[0].probe.path: a probe's path must be a plain path such as models or /health")
                .doesNotContain("hunter2");
        assertThat(problems("probe: maybe"))
                .singleElement()
                .asString()
                .contains("providers[0].probe: must be on or off");
        assertThat(problems("probe: { interval: 0s }"))
                .singleElement()
                .asString()
                .contains("must be more than 0");
    }

    private static List<String> problems(String provider) {
        return Configs.problemsIn(config(provider, ""));
    }

    @Test
    void what_is_in_this_process_is_not_looked_at() {
        assertThat(Configs.problemsIn("""
            providers: [{ id: p, kind: simulated, probe: on }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
            """))
                .singleElement()
                .asString()
                .contains("probe: means nothing for kind 'simulated'; remove it");
    }
}
