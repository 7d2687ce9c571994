package dev.tierway.domain.routing;

/**
 * How much is made of what requests and replies hold.
 *
 * @param inputMargin by which share the estimate of a request's input tokens may be wrong, either way
 * @param ruleTextBytes of a request's text, the most that rules look at
 * @param heldBackBytes the most a reply may hold before its first token
 */
public record PayloadSettings(double inputMargin, int ruleTextBytes, int heldBackBytes) {
    public static final PayloadSettings DEFAULTS = new PayloadSettings(0.2, 64 << 10, 64 << 10);

    public PayloadSettings {
        if (!(inputMargin >= 0 && inputMargin < 1)) {
            throw new IllegalArgumentException("payload: input-margin must be 0 % or more, and below 100 %");
        }
        if (ruleTextBytes < 1 || heldBackBytes < 1) {
            throw new IllegalArgumentException("payload: rule-text and held-back must be more than 0");
        }
    }
}
