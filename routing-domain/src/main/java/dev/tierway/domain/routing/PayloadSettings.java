package dev.tierway.domain.routing;

/**
 * How much is made of what requests and replies hold.
 *
 * @param inputMargin by which share the estimate of a request's input tokens may be wrong, either way
 * @param ruleTextBytes of a request's text, the most that rules look at
 * @param heldBackBytes the most a reply may hold before its first token
 * @param lossless whether a call that says nothing of it must lose nothing in a translation
 */
public record PayloadSettings(double inputMargin, int ruleTextBytes, int heldBackBytes, boolean lossless) {
    public static final PayloadSettings DEFAULTS = new PayloadSettings(0.2, 64 << 10, 64 << 10, false);

    /** The same, but for that. */
    public PayloadSettings lossless(boolean other) {
        return other == lossless ? this : new PayloadSettings(inputMargin, ruleTextBytes, heldBackBytes, other);
    }

    public PayloadSettings {
        if (!(inputMargin >= 0 && inputMargin < 1)) {
            throw new IllegalArgumentException("payload: input-margin must be 0 % or more, and below 100 %");
        }
        if (ruleTextBytes < 1 || heldBackBytes < 1) {
            throw new IllegalArgumentException("payload: rule-text and held-back must be more than 0");
        }
    }
}
