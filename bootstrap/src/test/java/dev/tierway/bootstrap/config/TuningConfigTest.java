package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.AccountSettings;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.CooldownSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.PromptCacheSettings;
import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.routing.PayloadSettings;
import dev.tierway.domain.routing.PickingSettings;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.WaitingSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of routing that one rarely has to change. */
final class TuningConfigTest {
    private static Replica replica(GatewayConfig config, String model) {
        return config.catalogue().replicasOf(new ModelId(model)).getFirst();
    }

    private static AccountSettings.Times times(long open, long most) {
        return new AccountSettings.Times(Duration.ofSeconds(open), Duration.ofSeconds(most));
    }

    @Test
    void what_nobody_says_is_as_the_domain_has_it() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST);
        GatewayConfig empty = Configs.parsed(Configs.SMALLEST + """
            routing:
              { spillover: {}, timeouts: {}, circuit: {}, retry: {}, picking: {}, waiting: {}, success: {}, unmeasured: {},
                cooldown: {}, accounts: { credential: {}, exhausted: {}, misconfigured: {} }, prompt-cache: {}, payload: {},
                latency-values: {} }
            """);

        assertThat(config.policy()).isEqualTo(RoutingPolicy.DEFAULTS);
        assertThat(empty.policy()).isEqualTo(RoutingPolicy.DEFAULTS);
        assertThat(replica(config, "m").learning()).isEqualTo(LearningSettings.DEFAULTS);
        assertThat(replica(empty, "m").learning()).isEqualTo(LearningSettings.DEFAULTS);
        assertThat(replica(empty, "m").circuit()).isEqualTo(CircuitSettings.DEFAULTS);
        assertThat(replica(empty, "m").timeouts()).isEqualTo(Timeouts.DEFAULTS);
    }

    @Test
    void every_number_can_be_changed() {
        GatewayConfig config = Configs.parsed(Configs.everything());
        RoutingPolicy policy = config.routing().policy();
        LearningSettings learning = config.routing().learning();

        assertThat(policy.picking())
                .isEqualTo(new PickingSettings(0.02, Duration.ofSeconds(29).toNanos(), 3, 0.83, 0.09, 0.0004));
        assertThat(policy.waiting()).isEqualTo(new WaitingSettings(3_000_000_000L, 16_000_000_000L, 61_000_000_000L));
        assertThat(policy.payload()).isEqualTo(new PayloadSettings(0.21, 65 << 10, 66 << 10, true));
        assertThat(policy.quotaPressureBelow()).isEqualTo(0.4);
        assertThat(policy.hedging()).isEqualTo(new RoutingPolicy.Hedging(0.03, 0.49));
        assertThat(policy.spillover().retryWindow()).isEqualTo(Duration.ofSeconds(11));
        assertThat(policy.timeouts().unary()).isEqualTo(Duration.ofSeconds(63));
        assertThat(policy.timeouts().unaryPatience()).isEqualTo(4);
        assertThat(policy.latencyValueOfTier())
                .isEqualTo(Map.of(
                        ModelTier.MICRO, 0.011,
                        ModelTier.SMALL, 0.012,
                        ModelTier.MID, 0.013,
                        ModelTier.FRONTIER, 0.014));
        assertThat(learning.success())
                .isEqualTo(new SuccessSettings(
                        21,
                        0.94,
                        0.93,
                        0.998,
                        0.03,
                        0.21,
                        Duration.ofSeconds(61).toNanos()));
        assertThat(learning.unmeasured()).isEqualTo(new UnmeasuredSettings(2e9, 21e6, 257));
        assertThat(learning.cooldown())
                .isEqualTo(new CooldownSettings(
                        2_000_000_000L, 61_000_000_000L, Duration.ofHours(2).toNanos()));
        assertThat(learning.accounts())
                .isEqualTo(new AccountSettings(
                        CircuitSettings.DEFAULTS, times(6, 301), times(360, 7200), times(420, 10_800)));
        assertThat(learning.recent())
                .isEqualTo(new RecentSettings(Duration.ofSeconds(11).toNanos(), 0.91));
        assertThat(learning.promptCache()).isEqualTo(new PromptCacheSettings(360, 1025));
        assertThat(config.routing().circuit().rampStart()).isEqualTo(0.11);
        assertThat(config.routing().circuit().forget()).isEqualTo(Duration.ofSeconds(62));
        assertThat(config.routing().circuit().jitter()).isEqualTo(0.12);
        assertThat(config.catalogue().route("best").latencyValueUsdPerSecond()).isEqualTo(0.005);
    }

    @Test
    void a_credentials_circuit_closes_as_its_providers_do() {
        Catalogue catalogue = Configs.parsed("""
            providers: [{ id: p, kind: simulated, circuit: { ramp: 5s } }, { id: q, kind: simulated }]
            models:
              - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p, circuit: { ramp: 7s } }] }
              - { id: n, tier: mid, use-cases: [chat], replicas: [{ provider: q }] }
            routing: { circuit: { probes-to-close: 2 } }
            """).catalogue();
        Replica own = catalogue.replicasOf(new ModelId("m")).getFirst();

        assertThat(own.circuit().ramp()).isEqualTo(Duration.ofSeconds(7));
        assertThat(own.learning().accounts().circuit().ramp()).isEqualTo(Duration.ofSeconds(5));
        assertThat(own.learning().accounts().circuit().probesToClose()).isEqualTo(2);
        assertThat(catalogue
                        .replicasOf(new ModelId("n"))
                        .getFirst()
                        .learning()
                        .accounts()
                        .circuit()
                        .ramp())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_route_takes_its_targets_latency_value_unless_it_has_its_own() {
        Catalogue catalogue = Configs.parsed(Configs.SMALLEST + """
            routes:
              inner: { to: m, latency-value: 0.01 }
              outer: inner
              other: { to: inner, latency-value: 0 }
            """).catalogue();

        assertThat(catalogue.route("outer").latencyValueUsdPerSecond()).isEqualTo(0.01);
        assertThat(catalogue.route("other").latencyValueUsdPerSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "success: { prior-least: 97% } | prior-least must be at most prior-start",
                "success: { least: 0% } | least must be more than 0",
                "cooldown: { first: 2m } | longest must not be less than first",
                "accounts: { credential: { open: 10m } } | max-open must not be less than open",
                "waiting: { last-resort-after: 2m } | account-last-resort-after must not be less than"
                        + " last-resort-after",
                "picking: { exploration-cost: 0.5 } | exploration-cost must be 1 or more",
                "payload: { input-margin: 100% } | input-margin must be 0 % or more, and below 100 %",
                "prompt-cache: { held: 8d } | held must be from 0s to 7d",
                "circuit: { ramp-start: 0% } | ramp-start must be more than 0 %",
                "timeouts: { unary-patience: 0.5 } | unary-patience must be 1 or more",
                "exploration: 60% | exploration must be between 0 % and 50 %",
                "latency-values: { mega: 1 } | unknown key 'mega'"
            })
    void what_does_not_fit_together_is_told_with_its_key(String line, String message) {
        assertThat(Configs.problemsOf("routing: { " + line + " }"))
                .singleElement()
                .asString()
                .contains(message);
    }
}
