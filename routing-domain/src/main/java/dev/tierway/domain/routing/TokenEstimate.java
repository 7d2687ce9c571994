package dev.tierway.domain.routing;

import org.jspecify.annotations.Nullable;

/**
 * How large a request is, before any vendor counted.
 *
 * @param input expected input tokens
 * @param maxOutput the caller's own cap on the reply; null if there is none
 * @param choices how many replies were asked for
 */
public record TokenEstimate(long input, @Nullable Long maxOutput, int choices) {
    public TokenEstimate {
        if (input < 0 || (maxOutput != null && maxOutput < 1) || choices < 1) {
            throw new IllegalArgumentException("token estimate out of range");
        }
    }

    /** Low estimate: what is certain to be needed, for refusals. */
    public long inputLow() {
        return input - input / 5;
    }

    /** High estimate: the worst case, for money. */
    public long inputHigh() {
        return input + input / 5;
    }
}
