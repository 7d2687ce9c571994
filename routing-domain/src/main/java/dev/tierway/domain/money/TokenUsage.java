package dev.tierway.domain.money;

/**
 * What an attempt used up.
 *
 * @param input all input tokens, cached ones included
 * @param cachedInput the part of {@code input} read from a prompt cache
 * @param cacheWrite the part of {@code input} written to a prompt cache
 * @param output all output tokens, reasoning included
 * @param reasoning the part of {@code output} spent on reasoning
 */
public record TokenUsage(long input, long cachedInput, long cacheWrite, long output, long reasoning, Counted how) {
    /** Who counted. */
    public enum Counted {
        /** The vendor said so. */
        REPORTED,
        /** We counted, because the vendor didn't say. */
        ESTIMATED
    }

    /** @throws IllegalArgumentException for a negative count, or a part larger than its whole */
    public TokenUsage {
        if (input < 0 || cachedInput < 0 || cacheWrite < 0 || output < 0 || reasoning < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
        if (cachedInput > input || cacheWrite > input - cachedInput || reasoning > output) {
            throw new IllegalArgumentException("a part of a token count exceeds the whole");
        }
    }

    public static TokenUsage reported(long input, long output) {
        return new TokenUsage(input, 0, 0, output, 0, Counted.REPORTED);
    }

    public static TokenUsage estimated(long input, long output) {
        return new TokenUsage(input, 0, 0, output, 0, Counted.ESTIMATED);
    }

    public long total() {
        return input + output;
    }
}
