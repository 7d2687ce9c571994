package dev.tierway.domain.catalogue;

/**
 * What a model is assumed to take before anything was measured of it.
 *
 * @param ttftNanos until the first token
 * @param tokenNanos per output token
 * @param outputTokens of an answer
 */
public record UnmeasuredSettings(double ttftNanos, double tokenNanos, double outputTokens) {
    public static final UnmeasuredSettings DEFAULTS = new UnmeasuredSettings(1e9, 20e6, 256);

    public UnmeasuredSettings {
        if (!(ttftNanos >= 1) || !(tokenNanos >= 1) || !(outputTokens >= 1)) {
            throw new IllegalArgumentException("unmeasured: first-token, per-token and output must be more than 0");
        }
    }
}
