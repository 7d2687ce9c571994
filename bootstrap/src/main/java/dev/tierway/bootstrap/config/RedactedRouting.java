package dev.tierway.bootstrap.config;

import dev.tierway.CircuitConfig;
import dev.tierway.ProbesConfig;
import dev.tierway.RoutingConfig;
import dev.tierway.domain.catalogue.AccountSettings;
import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.CooldownSettings;
import dev.tierway.domain.catalogue.PromptCacheSettings;
import dev.tierway.domain.catalogue.RetrySettings;
import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.SuccessSettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import dev.tierway.domain.routing.PayloadSettings;
import dev.tierway.domain.routing.PickingSettings;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.domain.routing.WaitingSettings;
import java.time.Duration;
import java.util.Map;

/** {@code routing} as it is in force, for {@link RedactedConfig}. */
final class RedactedRouting {
    private RedactedRouting() {}

    static Map<String, Object> routing(RoutingConfig routing) {
        RoutingPolicy policy = routing.policy();
        RoutingPolicy.Spillover spillover = policy.spillover();
        Timeouts timeouts = policy.timeouts();
        CircuitSettings circuit = routing.circuit();
        return new Shown()
                .put(RoutingSection.STRATEGY, routing.strategy().id())
                .put(RoutingSection.LATENCY_VALUE, policy.latencyValueUsdPerSecond())
                .put(RoutingSection.LATENCY_VALUES, LatencyValuesSection.shown(policy.latencyValueOfTier()))
                .put(RoutingSection.LOCAL_BONUS, localBonus(policy.localBonus()))
                .put(RoutingSection.WEIGHTS, weights(policy.weights()))
                .put(RoutingSection.FAILURE_PENALTY, policy.failurePenaltyUsd())
                .put(RoutingSection.ANSWER_VALUE, policy.answerValueUsd())
                .put(RoutingSection.EXPLORATION, policy.picking().exploration())
                .put(RoutingSection.QUOTA_PRESSURE_BELOW, policy.quotaPressureBelow())
                .put(RoutingSection.PICKING, picking(policy.picking()))
                .put(RoutingSection.WAITING, waiting(policy.waiting()))
                .put(
                        RoutingSection.SPILLOVER,
                        new Shown()
                                .put(SpilloverSection.ATTEMPTS, spillover.attempts())
                                .put(SpilloverSection.ATTEMPTS_PER_MODEL, spillover.attemptsPerModel())
                                .put(SpilloverSection.RETRY_BUDGET, spillover.retryBudgetShare())
                                .put(SpilloverSection.RETRY_BUDGET_MINIMUM, spillover.retryBudgetMinimum())
                                .put(SpilloverSection.RETRY_WINDOW, spillover.retryWindow())
                                .put(
                                        SpilloverSection.HEALTHY,
                                        routing.learning().recent().healthyShare())
                                .put(SpilloverSection.ON_CONTENT_POLICY, spillover.onContentPolicy())
                                .map())
                .put(
                        RoutingSection.HEDGING,
                        policy.hedging().share() == 0
                                ? "off"
                                : new Shown()
                                        .put(
                                                HedgingSection.SHARE,
                                                policy.hedging().share())
                                        .put(
                                                HedgingSection.HEADROOM,
                                                policy.hedging().leastHeadroom())
                                        .map())
                .put(
                        RoutingSection.TIMEOUTS,
                        RedactedSettings.timeouts(new Timeouts.Override(
                                timeouts.connect(),
                                timeouts.firstToken(),
                                timeouts.firstTokenPer1kInput(),
                                timeouts.idle(),
                                timeouts.spill(),
                                timeouts.total(),
                                timeouts.unary(),
                                timeouts.unaryPatience())))
                .put(
                        RoutingSection.CIRCUIT,
                        RedactedSettings.circuit(new CircuitConfig(
                                circuit.failures(),
                                circuit.successRate(),
                                circuit.window(),
                                circuit.minimum(),
                                circuit.open(),
                                circuit.maxOpen(),
                                circuit.probesToClose(),
                                circuit.ramp(),
                                circuit.rampStart(),
                                circuit.forget(),
                                circuit.jitter())))
                .put(
                        RoutingSection.RETRY,
                        RedactedSettings.retry(new RetrySettings.Override(
                                routing.retry().budgetShare(),
                                routing.retry().budgetMinimum(),
                                routing.retry().repeat(),
                                routing.retry().maxRest())))
                .put(RoutingSection.SUCCESS, success(routing.learning().success()))
                .put(RoutingSection.UNMEASURED, unmeasured(routing.learning().unmeasured()))
                .put(RoutingSection.COOLDOWN, cooldown(routing.learning().cooldown()))
                .put(RoutingSection.ACCOUNTS, accounts(routing.learning().accounts()))
                .put(RoutingSection.PROMPT_CACHE, promptCache(routing.learning().promptCache()))
                .put(RoutingSection.PAYLOAD, payload(policy.payload()))
                .put(RoutingSection.ON_UNSUPPORTED, policy.payload().lossless() ? "reject" : "warn")
                .put(RoutingSection.OWN_STRATEGIES, routing.ownStrategies(), Strategy::id)
                .put(RoutingSection.PROBES, probes(routing.probes()))
                .map();
    }

    private static Map<String, Object> picking(PickingSettings picking) {
        return new Shown()
                .put(PickingSection.HOT, picking.hot())
                .put(PickingSection.BAND, picking.bandShare())
                .put(PickingSection.LEAST_BAND, picking.leastBandUsd())
                .put(PickingSection.COLD_AFTER, Duration.ofNanos(picking.coldAfterNanos()))
                .put(PickingSection.EXPLORATION_COST, picking.explorationCost())
                .map();
    }

    private static Map<String, Object> waiting(WaitingSettings waiting) {
        return new Shown()
                .put(WaitingSection.PARK, Duration.ofNanos(waiting.parkNanos()))
                .put(WaitingSection.LAST_RESORT_AFTER, Duration.ofNanos(waiting.lastResortNanos()))
                .put(WaitingSection.ACCOUNT_LAST_RESORT_AFTER, Duration.ofNanos(waiting.accountLastResortNanos()))
                .map();
    }

    private static Map<String, Object> payload(PayloadSettings payload) {
        return new Shown()
                .put(PayloadSection.INPUT_MARGIN, payload.inputMargin())
                .put(PayloadSection.RULE_TEXT, (payload.ruleTextBytes() >> 10) + "KiB")
                .put(PayloadSection.HELD_BACK, (payload.heldBackBytes() >> 10) + "KiB")
                .map();
    }

    private static Map<String, Object> success(SuccessSettings success) {
        return new Shown()
                .put(SuccessSection.PRIOR_WEIGHT, (long) success.priorCalls())
                .put(SuccessSection.PRIOR_START, success.startPrior())
                .put(SuccessSection.PRIOR_LEAST, success.leastPrior())
                .put(SuccessSection.PRIOR_MOST, success.mostPrior())
                .put(SuccessSection.LEAST, success.least())
                .put(SuccessSection.SHAKEN, success.shaken())
                .put(SuccessSection.HALF_LIFE, Duration.ofNanos(success.halfLifeNanos()))
                .map();
    }

    private static Map<String, Object> unmeasured(UnmeasuredSettings unmeasured) {
        return new Shown()
                .put(UnmeasuredSection.FIRST_TOKEN, Duration.ofNanos((long) unmeasured.ttftNanos()))
                .put(UnmeasuredSection.PER_TOKEN, Duration.ofNanos((long) unmeasured.tokenNanos()))
                .put(UnmeasuredSection.OUTPUT_TOKENS, (long) unmeasured.outputTokens())
                .map();
    }

    private static Map<String, Object> cooldown(CooldownSettings cooldown) {
        return new Shown()
                .put(CooldownSection.FIRST, Duration.ofNanos(cooldown.firstNanos()))
                .put(CooldownSection.LONGEST, Duration.ofNanos(cooldown.mostGuessedNanos()))
                .put(CooldownSection.LONGEST_TOLD, Duration.ofNanos(cooldown.mostToldNanos()))
                .map();
    }

    private static Map<String, Object> accounts(AccountSettings accounts) {
        return new Shown()
                .put(AccountsSection.CREDENTIAL, times(accounts.credential()))
                .put(AccountsSection.EXHAUSTED, times(accounts.exhausted()))
                .put(AccountsSection.MISCONFIGURED, times(accounts.misconfigured()))
                .map();
    }

    private static Map<String, Object> times(AccountSettings.Times times) {
        return new Shown()
                .put(AccountsSection.OPEN, times.open())
                .put(AccountsSection.MAX_OPEN, times.maxOpen())
                .map();
    }

    private static Map<String, Object> promptCache(PromptCacheSettings cache) {
        return new Shown()
                .put(PromptCacheSection.HELD, Duration.ofSeconds(cache.heldSeconds()))
                .put(PromptCacheSection.LEAST_TOKENS, cache.leastTokens())
                .map();
    }

    private static Map<String, Object> probes(ProbesConfig probes) {
        return new Shown()
                .put(ProbesSection.LOCAL, probes.local())
                .put(ProbesSection.INTERVAL, probes.interval())
                .put(ProbesSection.TIMEOUT, probes.timeout())
                .map();
    }

    private static Map<String, Object> weights(RoutingPolicy.Weights weights) {
        return new Shown()
                .put(ScoreSections.LOCAL, weights.local())
                .put(ScoreSections.LATENCY, weights.latency())
                .put(ScoreSections.COST, weights.cost())
                .put(ScoreSections.ERROR, weights.error())
                .map();
    }

    private static Map<String, Object> localBonus(RoutingPolicy.LocalBonus bonus) {
        return new Shown()
                .put(ScoreSections.MICRO, bonus.micro())
                .put(ScoreSections.SMALL, bonus.small())
                .put(ScoreSections.MID, bonus.mid())
                .put(ScoreSections.FRONTIER, bonus.frontier())
                .map();
    }
}
