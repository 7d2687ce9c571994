package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.UnmeasuredSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a request would take of a replica, as far as its state has something to say to it.
 *
 * @param inputTokens expected
 * @param maxOutput the caller's own cap per choice; null: none
 * @param choices how many replies are asked for; 0: there is no request
 */
public record RequestShape(long inputTokens, @Nullable Long maxOutput, int choices, Prompt prompt) {
    /** Nothing in particular: for looking at the fleet without a request. */
    public static final RequestShape NONE = new RequestShape(0, 0L, 0, Prompt.UNKNOWN);

    /** Output tokens expected of all choices together. */
    double outputTokens(ModelState model, UnmeasuredSettings unmeasured) {
        double mean = model.outputs().mean(unmeasured.outputTokens());
        return (maxOutput == null ? mean : Math.min(mean, maxOutput)) * choices;
    }
}
