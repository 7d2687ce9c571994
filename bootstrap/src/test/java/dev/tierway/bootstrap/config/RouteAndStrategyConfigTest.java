package dev.tierway.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.routing.RoutingPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weighted routes, passthrough providers, strategies by name, retries and hedging. */
final class RouteAndStrategyConfigTest {
    private static final String TWO = """
        providers: [{ id: p, kind: simulated, passthrough: true, retry: { minimum: 7, repeat: false } }]
        models:
          - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p, retry: { budget: 50% } }] }
          - { id: n, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }
        """;

    @Test
    void targets_may_have_weights() {
        Catalogue catalogue = Configs.parsed(TWO + """
            routes:
              split: { targets: [{ to: m, weight: 9 }, { to: n, weight: 1 }], strategy: weighted }
              alias: split
            """).catalogue();

        assertThat(catalogue.route("split").weights()).containsExactly(9, 1);
        assertThat(catalogue.route("alias").weights()).containsExactly(9, 1);
        assertThat(catalogue.route("alias").strategy()).isEqualTo(Strategy.WEIGHTED);
    }

    @Test
    void weights_that_would_not_count_are_errors() {
        assertThat(Configs.problemsOf("routes: { r: { targets: [{ to: m, weight: 9 }, p/m], strategy: weighted } }"))
                .singleElement()
                .asString()
                .contains("some of its targets have a weight, others don't; give each of them a weight");
        assertThat(Configs.problemsOf("routes: { r: { targets: [{ to: m, weight: 9 }] } }"))
                .singleElement()
                .asString()
                .contains("only strategy weighted goes by the targets' weights; add strategy: weighted");
        assertThat(Configs.problemsOf("""
            routes:
              a: { targets: [m, p/m] }
              b: { targets: [{ to: a, weight: 1 }], strategy: weighted }
            """))
                .singleElement()
                .asString()
                .contains("'a' is a route, which can't have a weight");
    }

    @Test
    void a_dangling_weighted_target_is_found() {
        assertThat(Configs.problemsOf("routes: { r: { targets: [{ to: mm, weight: 9 }], strategy: weighted } }"))
                .singleElement()
                .asString()
                .contains("unknown target 'mm'; did you mean 'm'?");
    }

    @Test
    void a_passthrough_provider_serves_what_is_not_listed() {
        Catalogue catalogue =
                Configs.parsed(TWO + "routes: { other: p/org/other }").catalogue();

        Replica unlisted = catalogue.unlisted("p/org/other");
        assertThat(unlisted.upstreamModel()).isEqualTo("org/other");
        assertThat(unlisted.price()).as("unknown").isNull();
        assertThat(unlisted.retry().repeat()).as("its provider's").isFalse();
        assertThat(catalogue.route("other").targets()).containsExactly(new Target.Named("p/org/other"));
    }

    @Test
    void a_local_passthrough_provider_costs_nothing() {
        Catalogue catalogue = Configs.parsed("""
            providers: [{ id: box, kind: simulated, local: true, passthrough: true }]
            models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: box }] }]
            """).catalogue();

        assertThat(catalogue.unlisted("box/any").price()).isEqualTo(dev.tierway.domain.money.Price.FREE);
    }

    @Test
    void retry_is_the_nearest_levels_key_by_key() {
        Catalogue catalogue = Configs.parsed(TWO + """
            routing: { spillover: { retry-budget: 30%, retry-budget-minimum: 4 }, retry: { max-rest: 2s } }
            """).catalogue();

        assertThat(catalogue.replicasOf(new ModelId("m")).getFirst().retry())
                .isEqualTo(new RetrySettings(0.5, 7, false, Duration.ofSeconds(2)));
        assertThat(catalogue.replicasOf(new ModelId("n")).getFirst().retry())
                .isEqualTo(new RetrySettings(0.3, 7, false, Duration.ofSeconds(2)));
    }

    @Test
    void hedging_is_off_or_a_share() {
        assertThat(hedging("")).isEqualTo(RoutingPolicy.Hedging.OFF);
        assertThat(hedging("hedging: off")).isEqualTo(RoutingPolicy.Hedging.OFF);
        assertThat(hedging("hedging: { share: 2% }")).isEqualTo(new RoutingPolicy.Hedging(0.02));
        assertThat(Configs.problemsOf("routing: { hedging: on }"))
                .singleElement()
                .asString()
                .contains("must be off or a set of keys");
    }

    private static RoutingPolicy.Hedging hedging(String line) {
        return Configs.parsed(Configs.SMALLEST + "routing: { " + line + " }")
                .policy()
                .hedging();
    }

    @Test
    void synonyms_mean_the_built_in_strategy() {
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + """
            routing: { strategy: round_robin }
            routes: { r: { to: m, strategy: least-connections } }
            """);

        assertThat(config.policy().strategy().id()).isEqualTo(Strategy.ROUND_ROBIN);
        assertThat(config.catalogue().route("r").strategy()).isEqualTo(Strategy.LEAST_REQUESTS);
    }

    @Test
    void a_strategy_of_ones_own_must_be_declared() {
        assertThat(Configs.problemsOf("routing: { strategy: mine }"))
                .singleElement()
                .asString()
                .startsWith("3:22: routing.strategy: unknown strategy 'mine'; strategies: adaptive, priority");
        GatewayConfig config = Configs.parsed(Configs.SMALLEST + """
            routing: { strategy: mine, own-strategies: [mine] }
            """);
        assertThat(config.routing().strategy()).isEqualTo(new Strategy("mine"));
        assertThatThrownBy(config::policy).hasMessageContaining("unknown strategy 'mine'; strategies are adaptive");
        assertThat(Configs.problemsOf("routing: { own-strategies: [cost] }"))
                .singleElement()
                .asString()
                .contains("there is a strategy 'cost' already");
    }

    @Test
    void every_place_a_strategy_is_named_at_is_checked() {
        assertThat(Configs.problemsOf("""
            routes: { r: { to: m, strategy: lattency } }
            rules: [{ id: x, strategy: cots }]
            """))
                .isEqualTo(List.of(
                        "3:33: routes.r.strategy: unknown strategy 'lattency'; did you mean 'latency'?",
                        "4:28: rules[0].strategy: unknown strategy 'cots'; did you mean 'cost'?"));
    }
}
