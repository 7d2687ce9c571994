package dev.tierway.simulation.report;

import org.jspecify.annotations.Nullable;

/**
 * Adaptive routing against one other contender in one cell, paired by seed.
 *
 * @param success difference of the shares delivered, adaptive's minus the other's
 * @param failures ratio of the shares that failed; null if none of the other's did
 * @param ttftP99 ratio of the p99 times to first token
 * @param cost difference of the objectives, as a share of the other's; negative: adaptive costs less
 */
public record Comparison(
        String scenario,
        double load,
        String other,
        @Nullable Estimate success,
        @Nullable Estimate failures,
        @Nullable Estimate ttftP99,
        @Nullable Estimate cost) {
    /** Whether the other delivers more, begins to answer sooner, or costs less, beyond the interval. */
    public boolean isLostSomehow() {
        return isSuccessLost() || isLatencyLost() || isCostLost();
    }

    public boolean isSuccessLost() {
        return success != null && success.isSurelyNegative();
    }

    public boolean isLatencyLost() {
        return ttftP99 != null && ttftP99.lo() != null && ttftP99.lo() > 1;
    }

    public boolean isCostLost() {
        return cost != null && cost.isSurelyPositive();
    }
}
