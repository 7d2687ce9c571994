package dev.tierway.domain.fleet;

/** Time to first token as base + slope × input, by least squares in which old samples fade. */
public record TtftFit(double n, double x, double y, double xx, double xy, long atNanos) {
    public static final TtftFit NONE = new TtftFit(0, 0, 0, 0, 0, 0);
    private static final long HALF_LIFE_NANOS = 300_000_000_000L;
    private static final double LEAST_BASE_SHARE = 0.1;
    private static final double LEAST_SAMPLES = 3;
    /**
     * Added to the variance of the inputs (ridge regression, Hoerl and Kennard 1970): a few tokens' difference between
     * short prompts must not be drawn out into minutes for long ones.
     */
    private static final double RIDGE = 128 * 128;

    TtftFit plus(double inputTokens, double ttftNanos, long nowNanos) {
        double left = Decay.left(nowNanos - atNanos, HALF_LIFE_NANOS);
        return new TtftFit(
                n * left + 1,
                x * left + inputTokens,
                y * left + ttftNanos,
                xx * left + inputTokens * inputTokens,
                xy * left + inputTokens * ttftNanos,
                nowNanos);
    }

    /** Expected nanoseconds for an input of that size; NaN without samples. */
    public double at(double inputTokens) {
        double mean = y / n;
        if (n < LEAST_SAMPLES) {
            return mean;
        }
        double typical = x / n;
        double variance = Math.max(0, xx / n - typical * typical);
        double covariance = xy / n - typical * mean;
        double slope = Math.max(0, covariance / (variance + RIDGE));
        double base = Math.max(LEAST_BASE_SHARE * mean, mean - slope * typical);
        return base + slope * inputTokens;
    }
}
