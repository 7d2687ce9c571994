package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Timeouts;

/**
 * How to decide: weights in the score, limits of the spillover, the strategy.
 *
 * @param localBonus dollars a local replica of a tier is worth over a remote one, per call
 * @param latencyValueUsdPerSecond what a second of waiting costs
 * @param failurePenaltyUsd what a failed attempt costs beyond money and time
 * @param answerValueUsd what an answer is worth: ranks the last attempt
 * @param exploration share of first attempts that measure a cold replica
 * @param timeouts the call's own clocks; an attempt's are its replica's
 */
public record RoutingPolicy(
        RankingStrategy strategy,
        Weights weights,
        LocalBonus localBonus,
        double latencyValueUsdPerSecond,
        double failurePenaltyUsd,
        double answerValueUsd,
        double exploration,
        Spillover spillover,
        Hedging hedging,
        Timeouts timeouts) {
    public static final RoutingPolicy DEFAULTS = new RoutingPolicy(
            BuiltInStrategy.ADAPTIVE,
            Weights.ONE,
            LocalBonus.DEFAULTS,
            0.002,
            0.05,
            1.0,
            0.01,
            Spillover.DEFAULTS,
            Hedging.OFF,
            Timeouts.DEFAULTS);

    public RoutingPolicy {
        if (!(latencyValueUsdPerSecond >= 0) || !(failurePenaltyUsd >= 0) || !(answerValueUsd >= 0)) {
            throw new IllegalArgumentException("latency-value, failure-penalty and answer-value must be 0 or more");
        }
        if (!(exploration >= 0 && exploration <= 0.5)) {
            throw new IllegalArgumentException("exploration must be between 0 % and 50 %");
        }
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
     * @param retryBudgetShare charged attempts per first attempt in the last 10 s
     * @param retryBudgetMinimum charged attempts always allowed in 10 s
     * @param onContentPolicy whether a content-policy refusal may be tried elsewhere
     */
    public record Spillover(
            int attempts,
            int attemptsPerModel,
            double retryBudgetShare,
            int retryBudgetMinimum,
            boolean onContentPolicy) {
        public static final Spillover DEFAULTS = new Spillover(4, 3, 0.20, 3, false);

        public Spillover {
            if (attempts < 1
                    || attempts > 20
                    || attemptsPerModel < 1
                    || retryBudgetMinimum < 0
                    || !(retryBudgetShare >= 0)) {
                throw new IllegalArgumentException(
                        "spillover: attempts must be 1 to 20, attempts-per-model 1 or more, retry-budget 0 or more");
            }
        }

        /** No second attempt at all. */
        public Spillover single() {
            return new Spillover(1, 1, retryBudgetShare, retryBudgetMinimum, onContentPolicy);
        }
    }

    /** @param share most calls hedged, as a share of all; 0 is off */
    public record Hedging(double share) {
        public static final Hedging OFF = new Hedging(0);
    }
}
