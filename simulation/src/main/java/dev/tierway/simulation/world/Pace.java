package dev.tierway.simulation.world;

/**
 * How fast a replica is with one request to itself.
 *
 * @param baseNanos median time to first token of an empty prompt
 * @param prefillNanos per input token that isn't cached
 * @param tokenNanos per output token after the first
 */
public record Pace(double baseNanos, double prefillNanos, double tokenNanos) {
    /** Spread of the time to first token: the standard deviation of its logarithm. */
    static final double TTFT_SPREAD = 0.35;

    /** Spread of the time per token, between answers. */
    static final double TOKEN_SPREAD = 0.10;

    /** Mean ÷ median of the time to first token, and of the time per token. */
    private static final double TTFT_MEAN = StrictMath.exp(TTFT_SPREAD * TTFT_SPREAD / 2);

    private static final double TOKEN_MEAN = StrictMath.exp(TOKEN_SPREAD * TOKEN_SPREAD / 2);

    public static Pace millis(double base, double prefillPerToken, double perToken) {
        return new Pace(base * 1e6, prefillPerToken * 1e6, perToken * 1e6);
    }

    /** That many times as slow. */
    public Pace times(double factor) {
        return new Pace(factor * baseNanos, factor * prefillNanos, factor * tokenNanos);
    }

    double firstNanos(double inputTokens, double cachedTokens) {
        return baseNanos + prefillNanos * Math.max(0, inputTokens - cachedTokens);
    }

    /** Mean time to first token, luck included. */
    public double meanFirstNanos(double inputTokens, double cachedTokens) {
        return TTFT_MEAN * firstNanos(inputTokens, cachedTokens);
    }

    /** Mean time of a whole answer, luck included. */
    public double meanNanos(double inputTokens, double cachedTokens, double outputTokens) {
        return meanFirstNanos(inputTokens, cachedTokens) + TOKEN_MEAN * tokenNanos * Math.max(0, outputTokens - 1);
    }
}
