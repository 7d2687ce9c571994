package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.RetrySettings;

/**
 * Keeps retries a small share of the traffic, so that they can't multiply an outage.
 *
 * @param counts first attempts, and attempts charged to the budget
 */
public record RetryBudget(RollingCounts counts) {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    public static final RetryBudget EMPTY = new RetryBudget(RollingCounts.over(WINDOW_NANOS));

    /**
     * How much is allowed.
     *
     * @param share charged attempts per first attempt
     * @param minimum charged attempts always allowed
     */
    public record Rule(double share, int minimum) {
        public static Rule of(RetrySettings settings) {
            return new Rule(settings.budgetShare(), settings.budgetMinimum());
        }
    }

    /** Whether one more charged attempt fits. */
    public boolean allows(Rule rule, long nowNanos) {
        double most = Math.max(rule.minimum(), rule.share() * counts.first(nowNanos));
        return counts.second(nowNanos) + 1 <= most;
    }

    RetryBudget first(long nowNanos) {
        return new RetryBudget(counts.plus(1, 0, nowNanos));
    }

    RetryBudget charged(long nowNanos) {
        return new RetryBudget(counts.plus(0, 1, nowNanos));
    }

    /** Takes back what was counted at that time for an attempt that was never sent. */
    RetryBudget minus(boolean first, boolean charged, long countedAtNanos) {
        return first || charged ? new RetryBudget(counts.minusOne(first && !charged, charged, countedAtNanos)) : this;
    }
}
