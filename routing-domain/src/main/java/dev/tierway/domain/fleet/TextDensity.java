package dev.tierway.domain.fleet;

/**
 * How many bytes of text a model takes for a token: all bytes sent by all tokens reported, old ones fading, so that long
 * prompts say more than greetings, whose tokens are mostly the vendor's own wrapping.
 *
 * @param bytes of text whose tokens vendors have counted
 * @param tokens they counted
 * @param atNanos the latest time seen
 */
public record TextDensity(double bytes, double tokens, long atNanos) {
    /** What is taken before anything was learned: English text and code have 3 to 5. */
    public static final double ASSUMED = 4;

    public static final TextDensity UNMEASURED = new TextDensity(0, 0, 0);

    /** No tokenizer needs more than a token per byte; none has tokens of more bytes on average. */
    static final double LEAST = 1;

    static final double MOST = 12;
    /** As much as the assumption weighs: a first short prompt moves it a little. */
    private static final double ASSUMED_TOKENS = 250;
    /** Beyond that a prompt weighs no more: one of a whole book says no more than this of the next. */
    private static final double MOST_BYTES = 65_536;

    private static final long HALF_LIFE_NANOS = 3_600_000_000_000L;

    /**
     * With one more prompt.
     *
     * @param textBytes of a prompt that was all text; 0 or less: nothing to learn from
     * @param reported input tokens by the vendor's count; absurd ones are taken for the nearest possible
     */
    TextDensity plus(long textBytes, long reported, long nowNanos) {
        if (textBytes <= 0 || reported <= 0) {
            return this;
        }
        double possible = Math.clamp((double) reported, textBytes / MOST, textBytes / LEAST);
        double weight = Math.min(1, MOST_BYTES / textBytes);
        double left = Decay.left(nowNanos - atNanos, HALF_LIFE_NANOS);
        return new TextDensity(
                bytes * left + weight * textBytes, tokens * left + weight * possible, Math.max(atNanos, nowNanos));
    }

    boolean known() {
        return tokens > 0;
    }

    /** In [1, 12]; the assumption before anything was learned. The same at any later time. */
    public double bytesPerToken() {
        double ratio = (bytes + ASSUMED * ASSUMED_TOKENS) / (tokens + ASSUMED_TOKENS);
        return Math.clamp(ratio, LEAST, MOST);
    }

    /** Tokens expected of so much text. */
    long tokensOf(long textBytes) {
        return (long) StrictMath.ceil(textBytes / bytesPerToken());
    }
}
