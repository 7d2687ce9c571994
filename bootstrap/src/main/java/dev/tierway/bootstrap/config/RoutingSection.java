package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.RoutingConfig;
import dev.tierway.application.port.in.CallOptions.OnUnsupported;
import dev.tierway.application.port.in.CallOptions.Optimize;
import dev.tierway.domain.catalogue.AccountSettings;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.CooldownSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.PromptCacheSettings;
import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.PayloadSettings;
import dev.tierway.domain.routing.PickingSettings;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.RoutingPolicy.Hedging;
import dev.tierway.domain.routing.WaitingSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    static final Key<Map<ModelTier, Double>> LATENCY_VALUES = Key.optional(
                    "latency-values",
                    LatencyValuesSection.SECTION,
                    "The same for calls that models of one tier serve, by tier.")
            .absentMeans("as `latency-value`");
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
    static final Key<Double> QUOTA_PRESSURE_BELOW = Key.optional(
                    "quota-pressure-below",
                    Quantities.SHARE,
                    "A replica whose quota would have less than this left looks dearer, up to twice its price at"
                            + " nothing left.")
            .or("50%");
    static final Key<PickingSettings> PICKING =
            Key.optional("picking", PickingSection.SECTION, "How one of the scored is picked.");
    static final Key<WaitingSettings> WAITING =
            Key.optional("waiting", WaitingSection.SECTION, "What a call does while nobody is eligible.");
    static final Key<PayloadSettings> PAYLOAD =
            Key.optional("payload", PayloadSection.SECTION, "How much is made of requests and replies.");
    static final Key<OnUnsupported> ON_UNSUPPORTED = Key.optional(
                    "on-unsupported",
                    Scalars.choice(
                            "on-unsupported",
                            List.of(OnUnsupported.values()),
                            o -> o.name().toLowerCase(Locale.ROOT)),
                    "What becomes of a parameter that a provider's dialect can't say, where the call's own"
                            + " `on_unsupported` doesn't: `warn` leaves it out and tells the caller; with `reject`"
                            + " only those are asked who take all of it, and if there is none, nobody is.")
            .or("warn");
    static final Key<SuccessSettings> SUCCESS =
            Key.optional("success", SuccessSection.SECTION, "How often a replica is expected to work.");
    static final Key<UnmeasuredSettings> UNMEASURED =
            Key.optional("unmeasured", UnmeasuredSection.SECTION, "What is assumed before anything was measured.");
    static final Key<CooldownSettings> COOLDOWN =
            Key.optional("cooldown", CooldownSection.SECTION, "How long somebody rests who was told to.");
    static final Key<AccountSettings> ACCOUNTS =
            Key.optional("accounts", AccountsSection.SECTION, "Circuits of accounts and credentials.");
    static final Key<PromptCacheSettings> PROMPT_CACHE =
            Key.optional("prompt-cache", PromptCacheSection.SECTION, "What vendors' caches are expected to hold.");
    static final Key<SpilloverSection.Spilling> SPILLOVER =
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
                            LATENCY_VALUES,
                            LOCAL_BONUS,
                            WEIGHTS,
                            FAILURE_PENALTY,
                            ANSWER_VALUE,
                            EXPLORATION,
                            QUOTA_PRESSURE_BELOW,
                            PICKING,
                            WAITING,
                            SPILLOVER,
                            HEDGING,
                            TIMEOUTS,
                            CIRCUIT,
                            RETRY,
                            SUCCESS,
                            UNMEASURED,
                            COOLDOWN,
                            ACCOUNTS,
                            PROMPT_CACHE,
                            PAYLOAD,
                            ON_UNSUPPORTED,
                            OWN_STRATEGIES,
                            PROBES),
                    RoutingSection::routing)
            .oneOf(false, OPTIMIZE, LATENCY_VALUE);

    private RoutingSection() {}

    private static RoutingConfig routing(Values v) {
        BigDecimal latencyValue = v.get(LATENCY_VALUE);
        SpilloverSection.Spilling spilling = v.get(SPILLOVER, SpilloverSection.Spilling.DEFAULTS);
        RoutingPolicy.Spillover spillover = spilling.limits();
        RoutingPolicy policy = new RoutingPolicy(
                BuiltInStrategy.ADAPTIVE,
                v.get(WEIGHTS, RoutingPolicy.Weights.ONE),
                v.get(LOCAL_BONUS, RoutingPolicy.LocalBonus.DEFAULTS),
                latencyValue == null ? v.value(OPTIMIZE).usdPerSecond() : latencyValue.doubleValue(),
                v.get(LATENCY_VALUES, Map.of()),
                v.value(FAILURE_PENALTY).doubleValue(),
                v.value(ANSWER_VALUE).doubleValue(),
                v.value(QUOTA_PRESSURE_BELOW),
                v.get(PICKING, PickingSettings.DEFAULTS).exploring(v.value(EXPLORATION)),
                v.get(WAITING, WaitingSettings.DEFAULTS),
                spillover,
                v.get(HEDGING, Hedging.OFF),
                v.get(TIMEOUTS, Timeouts.Override.NONE).over(Timeouts.DEFAULTS),
                v.get(PAYLOAD, PayloadSettings.DEFAULTS).lossless(v.value(ON_UNSUPPORTED) == OnUnsupported.REJECT));
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
                learning(v, spilling.recent()),
                v.get(PROBES, ProbesConfig.DEFAULTS));
    }

    private static LearningSettings learning(Values v, RecentSettings recent) {
        return new LearningSettings(
                v.get(SUCCESS, SuccessSettings.DEFAULTS),
                v.get(UNMEASURED, UnmeasuredSettings.DEFAULTS),
                v.get(COOLDOWN, CooldownSettings.DEFAULTS),
                v.get(ACCOUNTS, AccountSettings.DEFAULTS),
                recent,
                v.get(PROMPT_CACHE, PromptCacheSettings.DEFAULTS));
    }
}
