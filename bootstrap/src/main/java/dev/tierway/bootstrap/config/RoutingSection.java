package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.RoutingConfig;
import dev.tierway.application.port.in.CallOptions.Optimize;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.RoutingPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** {@code routing}. */
final class RoutingSection {
    private static final ScalarShape<BigDecimal> USD = Quantities.amount("an amount in dollars");

    static final Key<Strategy> STRATEGY = Key.optional(
                    "strategy", RouteSection.STRATEGY_NAME, "How candidates are ranked.")
            .or("adaptive");
    static final Key<Optimize> OPTIMIZE = Key.optional(
                    "optimize",
                    Scalars.choice(
                            "optimisation",
                            List.of(Optimize.values()),
                            o -> o.name().toLowerCase(Locale.ROOT)),
                    "What a second of waiting is worth: `interactive` 0.01, `balanced` 0.002, `cost` 0 dollars.")
            .or("balanced");
    static final Key<BigDecimal> LATENCY_VALUE =
            Key.optional("latency-value", Quantities.amount("dollars per second"), "The same as a number, instead.");
    static final Key<RoutingPolicy.LocalBonus> LOCAL_BONUS =
            Key.optional("local-bonus", ScoreSections.LOCAL_BONUS, "What a local replica is worth over a remote one.");
    static final Key<RoutingPolicy.Weights> WEIGHTS =
            Key.optional("weights", ScoreSections.WEIGHTS, "Factors on the four terms of the score.");
    static final Key<BigDecimal> FAILURE_PENALTY = Key.optional(
                    "failure-penalty", USD, "What a failed attempt costs beyond money and time.")
            .or("0.05");
    static final Key<BigDecimal> ANSWER_VALUE = Key.optional(
                    "answer-value", USD, "What an answer is worth: ranks the last attempt of a call.")
            .or("1");
    static final Key<Double> EXPLORATION = Key.optional(
                    "exploration",
                    Quantities.SHARE,
                    "Share of first attempts that measure a replica not measured lately; 50% at most.")
            .or("1%");
    static final Key<RoutingPolicy.Spillover> SPILLOVER =
            Key.optional("spillover", SpilloverSection.SECTION, "What happens after a failure.");
    static final Key<Timeouts.Override> TIMEOUTS = Key.optional("timeouts", TimeoutsSection.OF_CALL, "Clocks.");
    static final Key<CircuitConfig> CIRCUIT = Key.optional("circuit", CircuitSection.SECTION, "Circuits.");
    static final Key<ProbesConfig> PROBES =
            Key.optional("probes", ProbesSection.SECTION, "Looks at servers beside their calls.");

    static final Section<RoutingConfig> SECTION = Section.of(
                    "routing",
                    "How replicas are chosen, unless a route, provider or replica says otherwise.",
                    List.of(
                            STRATEGY,
                            OPTIMIZE,
                            LATENCY_VALUE,
                            LOCAL_BONUS,
                            WEIGHTS,
                            FAILURE_PENALTY,
                            ANSWER_VALUE,
                            EXPLORATION,
                            SPILLOVER,
                            TIMEOUTS,
                            CIRCUIT,
                            PROBES),
                    RoutingSection::routing)
            .oneOf(false, OPTIMIZE, LATENCY_VALUE)
            .later("hedging", "on-unsupported");

    private RoutingSection() {}

    private static RoutingConfig routing(Values v) {
        BigDecimal latencyValue = v.get(LATENCY_VALUE);
        RoutingPolicy policy = new RoutingPolicy(
                BuiltInStrategy.of(v.value(STRATEGY)),
                v.get(WEIGHTS, RoutingPolicy.Weights.ONE),
                v.get(LOCAL_BONUS, RoutingPolicy.LocalBonus.DEFAULTS),
                latencyValue == null ? v.value(OPTIMIZE).usdPerSecond() : latencyValue.doubleValue(),
                v.value(FAILURE_PENALTY).doubleValue(),
                v.value(ANSWER_VALUE).doubleValue(),
                v.value(EXPLORATION),
                v.get(SPILLOVER, RoutingPolicy.Spillover.DEFAULTS),
                RoutingPolicy.Hedging.OFF,
                v.get(TIMEOUTS, Timeouts.Override.NONE).over(Timeouts.DEFAULTS));
        return new RoutingConfig(
                policy,
                v.get(CIRCUIT, CircuitConfig.NONE).over(CircuitSettings.DEFAULTS),
                v.get(PROBES, ProbesConfig.DEFAULTS));
    }
}
