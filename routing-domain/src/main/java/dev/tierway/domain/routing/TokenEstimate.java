package dev.tierway.domain.routing;

import org.jspecify.annotations.Nullable;

/**
 * How large a request is, before any vendor counted.
 *
 * @param input expected input tokens
 * @param maxOutput the caller's own cap on the reply; null if there is none, 0 if nothing is written
 * @param choices how many replies were asked for
 * @param margin by which share {@code input} may be wrong, either way
 */
public record TokenEstimate(long input, @Nullable Long maxOutput, int choices, double margin) {
    /** Within the standing margin. */
    public TokenEstimate(long input, @Nullable Long maxOutput, int choices) {
        this(input, maxOutput, choices, PayloadSettings.DEFAULTS.inputMargin());
    }

    public TokenEstimate {
        if (input < 0 || (maxOutput != null && maxOutput < 0) || choices < 1 || !(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("token estimate out of range");
        }
    }

    /** Low estimate: what is certain to be needed, for refusals. */
    public long inputLow() {
        return input - (long) (margin * input);
    }

    /** High estimate: the worst case, for money. */
    public long inputHigh() {
        return input + (long) (margin * input);
    }
}
