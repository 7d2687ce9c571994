package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.fleet.RetryBudget;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How to decide: weights in the score, limits of the spillover, the strategy.
 *
 * @param localBonus dollars a local replica of a tier is worth over a remote one, per call
 * @param latencyValueUsdPerSecond what a second of waiting costs
 * @param latencyValueOfTier the same for calls for a model of some tier, where it is another
 * @param failurePenaltyUsd what a failed attempt costs beyond money and time
 * @param answerValueUsd what an answer is worth: ranks the last attempt
 * @param quotaPressureBelow a headroom below this makes a replica look dearer, the more the less is left
 * @param timeouts the call's own clocks; an attempt's are its replica's
 */
public record RoutingPolicy(
        RankingStrategy strategy,
        Weights weights,
        LocalBonus localBonus,
        double latencyValueUsdPerSecond,
        Map<ModelTier, Double> latencyValueOfTier,
        double failurePenaltyUsd,
        double answerValueUsd,
        double quotaPressureBelow,
        PickingSettings picking,
        WaitingSettings waiting,
        Spillover spillover,
        Hedging hedging,
        Timeouts timeouts,
        PayloadSettings payload) {
    public static final RoutingPolicy DEFAULTS = new RoutingPolicy(
            BuiltInStrategy.ADAPTIVE,
            Weights.ONE,
            LocalBonus.DEFAULTS,
            0.002,
            Collections.emptyMap(),
            0.05,
            1.0,
            0.5,
            PickingSettings.DEFAULTS,
            WaitingSettings.DEFAULTS,
            Spillover.DEFAULTS,
            Hedging.OFF,
            Timeouts.DEFAULTS,
            PayloadSettings.DEFAULTS);

    public RoutingPolicy {
        if (!(latencyValueUsdPerSecond >= 0) || !(failurePenaltyUsd >= 0) || !(answerValueUsd >= 0)) {
            throw new IllegalArgumentException("latency-value, failure-penalty and answer-value must be 0 or more");
        }
        if (!(quotaPressureBelow >= 0 && quotaPressureBelow <= 1)) {
            throw new IllegalArgumentException("quota-pressure-below must be between 0 % and 100 %");
        }
        latencyValueOfTier = latencyValueOfTier.isEmpty()
                ? Collections.emptyMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(latencyValueOfTier));
        if (latencyValueOfTier.values().stream().anyMatch(value -> !(value >= 0))) {
            throw new IllegalArgumentException("latency-values must be 0 or more");
        }
    }

    /** What a second of waiting costs a call whose candidates are of these tiers: of one tier, or in general. */
    public double latencyValue(Set<ModelTier> tiers) {
        Double own = tiers.size() == 1 ? latencyValueOfTier.get(tiers.iterator().next()) : null;
        return own == null ? latencyValueUsdPerSecond : own;
    }

    /** The same for one call. */
    public RoutingPolicy ofCall(
            RankingStrategy ranking,
            Weights callsWeights,
            double callsLatencyValue,
            Spillover callsSpillover,
            Timeouts callsTimeouts) {
        return new RoutingPolicy(
                ranking,
                callsWeights,
                localBonus,
                callsLatencyValue,
                Collections.emptyMap(),
                failurePenaltyUsd,
                answerValueUsd,
                quotaPressureBelow,
                picking,
                waiting,
                callsSpillover,
                hedging,
                callsTimeouts,
                payload);
    }

    /** The same under another strategy. */
    public RoutingPolicy ranking(RankingStrategy other) {
        return new RoutingPolicy(
                other,
                weights,
                localBonus,
                latencyValueUsdPerSecond,
                latencyValueOfTier,
                failurePenaltyUsd,
                answerValueUsd,
                quotaPressureBelow,
                picking,
                waiting,
                spillover,
                hedging,
                timeouts,
                payload);
    }

    /** The four of the scorer; each 0 or more. */
    public record Weights(double local, double latency, double cost, double error) {
        public static final Weights ONE = new Weights(1, 1, 1, 1);

        /** The same with price weighing that many times as much. */
        public Weights dearer(double factor) {
            return factor == 1 ? this : new Weights(local, latency, cost * factor, error);
        }

        public Weights {
            if (!(local >= 0) || !(latency >= 0) || !(cost >= 0) || !(error >= 0)) {
                throw new IllegalArgumentException("weights must be 0 or more");
            }
        }
    }

    /** Dollars per call, by tier. */
    public record LocalBonus(double micro, double small, double mid, double frontier) {
        public static final LocalBonus DEFAULTS = new LocalBonus(0.10, 0.08, 0.02, 0);

        public double of(ModelTier tier) {
            return switch (tier) {
                case MICRO -> micro;
                case SMALL -> small;
                case MID -> mid;
                case FRONTIER -> frontier;
            };
        }
    }

    /**
     * @param attempts most sends per call
     * @param attemptsPerModel most sends per model of a call
     * @param retryBudgetShare charged attempts per first attempt in the last {@code retryWindow}
     * @param retryBudgetMinimum charged attempts always allowed in such a window
     * @param onContentPolicy whether a content-policy refusal may be tried elsewhere
     * @param retryWindow what the gateway's budget looks back on
     */
    public record Spillover(
            int attempts,
            int attemptsPerModel,
            double retryBudgetShare,
            int retryBudgetMinimum,
            boolean onContentPolicy,
            Duration retryWindow) {
        public static final Spillover DEFAULTS = new Spillover(4, 3, 0.20, 3, false);

        /** Over the standing window. */
        public Spillover(
                int attempts,
                int attemptsPerModel,
                double retryBudgetShare,
                int retryBudgetMinimum,
                boolean onContentPolicy) {
            this(
                    attempts,
                    attemptsPerModel,
                    retryBudgetShare,
                    retryBudgetMinimum,
                    onContentPolicy,
                    Duration.ofNanos(RecentSettings.DEFAULTS.windowNanos()));
        }

        public Spillover {
            if (attempts < 1
                    || attempts > 20
                    || attemptsPerModel < 1
                    || retryBudgetMinimum < 0
                    || !(retryBudgetShare >= 0)) {
                throw new IllegalArgumentException(
                        "spillover: attempts must be 1 to 20, attempts-per-model 1 or more, retry-budget 0 or more");
            }
            if (retryWindow.isZero() || retryWindow.isNegative()) {
                throw new IllegalArgumentException("spillover: retry-window must be more than 0");
            }
        }

        /** Of the gateway's retry budget. */
        public RetryBudget.Rule retryRule() {
            return new RetryBudget.Rule(retryBudgetShare, retryBudgetMinimum, retryWindow.toNanos());
        }

        /** No second attempt at all. */
        public Spillover single() {
            return new Spillover(1, 1, retryBudgetShare, retryBudgetMinimum, onContentPolicy, retryWindow);
        }
    }

    /**
     * @param share most calls hedged, as a share of all; 0 is off
     * @param leastHeadroom nobody whose quota would have less left gets second attempts
     */
    public record Hedging(double share, double leastHeadroom) {
        public static final Hedging OFF = new Hedging(0);

        /** With the standing headroom. */
        public Hedging(double share) {
            this(share, 0.5);
        }

        public Hedging {
            if (!(share >= 0 && share <= 1) || !(leastHeadroom >= 0 && leastHeadroom <= 1)) {
                throw new IllegalArgumentException("hedging: share and headroom must be between 0 % and 100 %");
            }
        }
    }
}
