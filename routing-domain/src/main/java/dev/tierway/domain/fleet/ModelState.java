package dev.tierway.domain.fleet;

/**
 * What is known of a model over all its replicas: what a request of some size may be expected to take.
 *
 * @param tokenNanos mean time per output token
 */
public record ModelState(TtftFit ttft, DecayedMean tokenNanos, OutputSizes outputs) {
    public static final ModelState UNMEASURED = new ModelState(TtftFit.NONE, DecayedMean.NONE, OutputSizes.START);
    /** Assumed of a model nobody has measured. */
    public static final double DEFAULT_TTFT_NANOS = 1e9;

    public static final double DEFAULT_TOKEN_NANOS = 20e6;
    private static final long HALF_LIFE_NANOS = 300_000_000_000L;

    /** Expected nanoseconds to the first token, by default one second. */
    public double expectedTtftNanos(double inputTokens) {
        Double fitted = ttft.at(inputTokens);
        return fitted == null ? DEFAULT_TTFT_NANOS : Math.max(1, fitted);
    }

    /** Expected nanoseconds per output token, by default 20 ms. */
    public double expectedTokenNanos() {
        Double mean = tokenNanos.mean();
        return mean == null ? DEFAULT_TOKEN_NANOS : Math.max(1, mean);
    }

    ModelState measured(double inputTokens, double ttftNanos, double perTokenNanos, long output, long nowNanos) {
        return new ModelState(
                ttft.plus(inputTokens, ttftNanos, nowNanos),
                perTokenNanos > 0 ? tokenNanos.plus(perTokenNanos, nowNanos, HALF_LIFE_NANOS) : tokenNanos,
                outputs.plus(output, nowNanos));
    }
}
