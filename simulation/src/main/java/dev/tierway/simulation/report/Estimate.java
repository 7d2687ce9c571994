package dev.tierway.simulation.report;

import org.jspecify.annotations.Nullable;

/**
 * A figure and its 95 % interval.
 *
 * @param lo null, like {@code hi}, if a single seed was run: nothing then tells how far luck reaches
 */
public record Estimate(
        double value, @Nullable Double lo, @Nullable Double hi) {
    /** Below zero with the whole interval; without an interval, never. */
    boolean isSurelyNegative() {
        return hi != null && hi < 0;
    }

    /** Above zero with the whole interval; without an interval, never. */
    boolean isSurelyPositive() {
        return lo != null && lo > 0;
    }

    /** What {@code change} makes of all three; it must be increasing. */
    Estimate map(java.util.function.DoubleUnaryOperator change) {
        return new Estimate(
                change.applyAsDouble(value),
                lo == null ? null : change.applyAsDouble(lo),
                hi == null ? null : change.applyAsDouble(hi));
    }
}
