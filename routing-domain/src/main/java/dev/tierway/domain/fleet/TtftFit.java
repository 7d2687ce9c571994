package dev.tierway.domain.fleet;

import org.jspecify.annotations.Nullable;

/** Time to first token as base + slope × input, by least squares in which old samples fade. */
public record TtftFit(double n, double x, double y, double xx, double xy, long atNanos) {
    public static final TtftFit NONE = new TtftFit(0, 0, 0, 0, 0, 0);
    private static final long HALF_LIFE_NANOS = 300_000_000_000L;
    private static final double LEAST_BASE_SHARE = 0.1;

    TtftFit plus(double inputTokens, double ttftNanos, long nowNanos) {
        double left = n == 0 ? 0 : Decay.left(nowNanos - atNanos, HALF_LIFE_NANOS);
        return new TtftFit(
                n * left + 1,
                x * left + inputTokens,
                y * left + ttftNanos,
                xx * left + inputTokens * inputTokens,
                xy * left + inputTokens * ttftNanos,
                nowNanos);
    }

    /** Expected nanoseconds for an input of that size; null without samples. */
    public @Nullable Double at(double inputTokens) {
        if (n == 0) {
            return null;
        }
        double mean = y / n;
        double spread = n * xx - x * x;
        // Inputs of nearly one size say nothing about the slope.
        if (n < 3 || spread < 0.01 * n * xx) {
            return mean;
        }
        double slope = Math.max(0, (n * xy - x * y) / spread);
        double base = Math.max(LEAST_BASE_SHARE * mean, (y - slope * x) / n);
        return base + slope * inputTokens;
    }
}
