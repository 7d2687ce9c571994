package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.UnmeasuredSettings;

/**
 * What is known of a model over all its replicas: what a request of some size may be expected to take.
 *
 * @param tokenNanos mean time per output token
 * @param text how many bytes it takes for a token
 * @param tail 95th percentile of the time to first token, as a multiple of what was expected
 */
public record ModelState(TtftFit ttft, DecayedMean tokenNanos, OutputSizes outputs, TextDensity text, Tail tail) {
    public static final ModelState UNMEASURED =
            new ModelState(TtftFit.NONE, DecayedMean.NONE, OutputSizes.START, TextDensity.UNMEASURED, Tail.START);
    private static final long HALF_LIFE_NANOS = 300_000_000_000L;

    /** Expected nanoseconds to the first token. */
    public double expectedTtftNanos(double inputTokens, UnmeasuredSettings unmeasured) {
        double fitted = ttft.at(inputTokens);
        return Double.isNaN(fitted) ? unmeasured.ttftNanos() : Math.max(1, fitted);
    }

    /** Expected nanoseconds per output token. */
    public double expectedTokenNanos(UnmeasuredSettings unmeasured) {
        return tokenNanos.known() ? Math.max(1, tokenNanos.value()) : unmeasured.tokenNanos();
    }

    ModelState measured(
            double inputTokens,
            double ttftNanos,
            double perTokenNanos,
            long output,
            long textBytes,
            boolean stream,
            long nowNanos) {
        return new ModelState(
                ttft.plus(inputTokens, ttftNanos, nowNanos),
                perTokenNanos > 0 ? tokenNanos.plus(perTokenNanos, nowNanos, HALF_LIFE_NANOS) : tokenNanos,
                outputs.plus(output, nowNanos),
                text.plus(textBytes, (long) inputTokens, nowNanos),
                // A unary reply says nothing of its first token.
                stream && ttft.n() > 0 ? tail.plus(ttftNanos / Math.max(1, ttft.at(inputTokens))) : tail);
    }
}
