package dev.tierway.domain.money;

/**
 * What an attempt used up. The parts of input and of output don't overlap: each token is counted, and priced, once.
 *
 * @param input all input tokens, cached ones, audio and pictures included
 * @param cachedInput the part of {@code input} read from a prompt cache
 * @param cacheWrite the part of {@code input} written to a prompt cache
 * @param cacheWriteHour the part of {@code cacheWrite} to be kept for an hour, not just for minutes
 * @param audioInput the part of {@code input} that was sound, and not read from a cache
 * @param imageInput the part of {@code input} that was pictures billed apart, and not read from a cache
 * @param output all output tokens, reasoning, audio and pictures included
 * @param reasoning the part of {@code output} spent on reasoning
 * @param audioOutput the part of {@code output} that is sound
 * @param imageOutput the part of {@code output} that is pictures
 */
public record TokenUsage(
        long input,
        long cachedInput,
        long cacheWrite,
        long cacheWriteHour,
        long audioInput,
        long imageInput,
        long output,
        long reasoning,
        long audioOutput,
        long imageOutput,
        Counted how) {
    /** Who counted. */
    public enum Counted {
        /** The vendor said so. */
        REPORTED,
        /** We counted, because the vendor didn't say. */
        ESTIMATED
    }

    /** @throws IllegalArgumentException for a negative count, or parts larger than their whole */
    public TokenUsage {
        if (input < 0 || cachedInput < 0 || cacheWrite < 0 || cacheWriteHour < 0 || audioInput < 0 || imageInput < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
        if (output < 0 || reasoning < 0 || audioOutput < 0 || imageOutput < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
        if (!fits(cacheWrite, cacheWriteHour)
                || !fits(input, cachedInput, cacheWrite, audioInput, imageInput)
                || !fits(output, reasoning, audioOutput, imageOutput)) {
            throw new IllegalArgumentException("a part of a token count exceeds the whole");
        }
    }

    /** Nothing of it cached for an hour. */
    public TokenUsage(
            long input,
            long cachedInput,
            long cacheWrite,
            long audioInput,
            long imageInput,
            long output,
            long reasoning,
            long audioOutput,
            long imageOutput,
            Counted how) {
        this(
                input,
                cachedInput,
                cacheWrite,
                0,
                audioInput,
                imageInput,
                output,
                reasoning,
                audioOutput,
                imageOutput,
                how);
    }

    /** Of text alone. */
    public TokenUsage(long input, long cachedInput, long cacheWrite, long output, long reasoning, Counted how) {
        this(input, cachedInput, cacheWrite, 0, 0, output, reasoning, 0, 0, how);
    }

    /** Without a sum that could overflow. */
    private static boolean fits(long whole, long... parts) {
        long left = whole;
        for (long part : parts) {
            if (part > left) {
                return false;
            }
            left -= part;
        }
        return true;
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

    /** The same, so much of what it wrote to a cache to be kept for an hour. */
    public TokenUsage keptForAnHour(long tokens) {
        return new TokenUsage(
                input,
                cachedInput,
                cacheWrite,
                tokens,
                audioInput,
                imageInput,
                output,
                reasoning,
                audioOutput,
                imageOutput,
                how);
    }

    /** Input that is none of the parts with prices of their own. */
    public long plainInput() {
        return input - cachedInput - cacheWrite - audioInput - imageInput;
    }

    /** Output that is none of the parts with prices of their own. */
    public long plainOutput() {
        return output - reasoning - audioOutput - imageOutput;
    }
}
