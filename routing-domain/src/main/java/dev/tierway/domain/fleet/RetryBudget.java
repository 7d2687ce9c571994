package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.RecentSettings;
import dev.tierway.domain.catalogue.Replica;

/**
 * Keeps retries a small share of the traffic, so that they can't multiply an outage.
 *
 * @param counts first attempts, and attempts charged to the budget
 */
public record RetryBudget(RollingCounts counts) {
    public static final RetryBudget EMPTY = new RetryBudget(RollingCounts.over(RecentSettings.DEFAULTS.windowNanos()));

    /**
     * How much is allowed.
     *
     * @param share charged attempts per first attempt
     * @param minimum charged attempts always allowed
     * @param windowNanos over which both are counted
     */
    public record Rule(double share, int minimum, long windowNanos) {
        /** Over the standing window. */
        public Rule(double share, int minimum) {
            this(share, minimum, RecentSettings.DEFAULTS.windowNanos());
        }

        /** Of the budget of its provider. */
        public static Rule of(Replica replica) {
            return new Rule(
                    replica.retry().budgetShare(),
                    replica.retry().budgetMinimum(),
                    replica.learning().recent().windowNanos());
        }
    }

    /** Whether one more charged attempt fits. */
    public boolean allows(Rule rule, long nowNanos) {
        double most = Math.max(rule.minimum(), rule.share() * counts.first(nowNanos));
        return counts.second(nowNanos) + 1 <= most;
    }

    RetryBudget first(Rule rule, long nowNanos) {
        return new RetryBudget(counts.rescaled(rule.windowNanos(), nowNanos).plus(1, 0, nowNanos));
    }

    RetryBudget charged(Rule rule, long nowNanos) {
        return new RetryBudget(counts.rescaled(rule.windowNanos(), nowNanos).plus(0, 1, nowNanos));
    }

    /** Takes back what was counted at that time for an attempt that was never sent. */
    RetryBudget minus(boolean first, boolean charged, long countedAtNanos) {
        return first || charged ? new RetryBudget(counts.minusOne(first && !charged, charged, countedAtNanos)) : this;
    }
}
