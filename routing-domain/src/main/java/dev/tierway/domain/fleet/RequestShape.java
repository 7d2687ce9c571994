package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.UnmeasuredSettings;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request would take of a replica, as far as its state has something to say to it.
 *
 * @param inputTokens expected where nothing better is known
 * @param learnedInput expected by models whose text is known to be denser, or less
 * @param maxOutput the caller's own cap per choice; null: none
 * @param choices how many replies are asked for; 0: there is no request
 */
public record RequestShape(
        long inputTokens, @Nullable Long maxOutput, int choices, Prompt prompt, Map<ModelId, Long> learnedInput) {
    /** Nothing in particular: for looking at the fleet without a request. */
    public static final RequestShape NONE = new RequestShape(0, 0L, 0, Prompt.UNKNOWN);

    public RequestShape(long inputTokens, @Nullable Long maxOutput, int choices, Prompt prompt) {
        this(inputTokens, maxOutput, choices, prompt, Collections.emptyMap());
    }

    /** The same as that model takes it. */
    RequestShape at(ModelId model) {
        Long own = learnedInput.get(model);
        return own == null || own == inputTokens ? this : new RequestShape(own, maxOutput, choices, prompt);
    }

    /** Output tokens expected of all choices together. */
    double outputTokens(ModelState model, UnmeasuredSettings unmeasured) {
        double mean = model.outputs().mean(unmeasured.outputTokens());
        return (maxOutput == null ? mean : Math.min(mean, maxOutput)) * choices;
    }
}
