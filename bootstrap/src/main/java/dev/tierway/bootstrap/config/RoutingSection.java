package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.RoutingConfig;
import dev.tierway.application.port.in.CallOptions.Optimize;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.RoutingPolicy.Hedging;
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
    static final Key<Hedging> HEDGING = Key.optional(
                    "hedging", HedgingSection.SHAPE, "Whether a second attempt may race a slow first one.")
            .absentMeans("`off`");
    static final Key<RetrySettings.Override> RETRY =
            Key.optional("retry", RetrySection.SECTION, "Retry budgets and repeats.");
    static final Key<List<Strategy>> OWN_STRATEGIES = Key.optional(
            "own-strategies",
            new ListShape<>(RouteSection.STRATEGY_NAME, "a list of names", 0),
            "Strategies that a program or a jar brings: only these names and the built-in ones may be used here. See"
                    + " the how-to on strategies.");
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
                            HEDGING,
                            TIMEOUTS,
                            CIRCUIT,
                            PROBES,
                            RETRY,
                            OWN_STRATEGIES),
                    RoutingSection::routing)
            .oneOf(false, OPTIMIZE, LATENCY_VALUE)
            .later("on-unsupported");

    private RoutingSection() {}

    private static RoutingConfig routing(Values v) {
        BigDecimal latencyValue = v.get(LATENCY_VALUE);
        RoutingPolicy.Spillover spillover = v.get(SPILLOVER, RoutingPolicy.Spillover.DEFAULTS);
        RoutingPolicy policy = new RoutingPolicy(
                BuiltInStrategy.ADAPTIVE,
                v.get(WEIGHTS, RoutingPolicy.Weights.ONE),
                v.get(LOCAL_BONUS, RoutingPolicy.LocalBonus.DEFAULTS),
                latencyValue == null ? v.value(OPTIMIZE).usdPerSecond() : latencyValue.doubleValue(),
                v.value(FAILURE_PENALTY).doubleValue(),
                v.value(ANSWER_VALUE).doubleValue(),
                v.value(EXPLORATION),
                spillover,
                v.get(HEDGING, Hedging.OFF),
                v.get(TIMEOUTS, Timeouts.Override.NONE).over(Timeouts.DEFAULTS));
        RetrySettings retry = new RetrySettings(
                spillover.retryBudgetShare(),
                spillover.retryBudgetMinimum(),
                RetrySettings.DEFAULTS.repeat(),
                RetrySettings.DEFAULTS.maxRest());
        return new RoutingConfig(
                policy,
                v.value(STRATEGY),
                v.get(OWN_STRATEGIES, List.of()),
                v.get(CIRCUIT, CircuitConfig.NONE).over(CircuitSettings.DEFAULTS),
                v.get(RETRY, RetrySettings.Override.NONE).over(retry),
                v.get(PROBES, ProbesConfig.DEFAULTS));
    }
}
