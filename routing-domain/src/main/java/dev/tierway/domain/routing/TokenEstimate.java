package dev.tierway.domain.routing;

import dev.tierway.domain.catalogue.ModelId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a request is, before any vendor counted.
 *
 * @param input expected input tokens where nothing better is known
 * @param maxOutput the caller's own cap on the reply; null if there is none, 0 if nothing is written
 * @param choices how many replies were asked for
 * @param margin by which share the input may be wrong, either way
 * @param textBytes of a request that is all text; 0: unknown, or there is more in it than text
 * @param learned expected input tokens of models that have learned how dense text is from their vendors' counts
 */
public record TokenEstimate(
        long input, @Nullable Long maxOutput, int choices, double margin, long textBytes, Map<ModelId, Long> learned) {
    /** Within the standing margin. */
    public TokenEstimate(long input, @Nullable Long maxOutput, int choices) {
        this(input, maxOutput, choices, PayloadSettings.DEFAULTS.inputMargin());
    }

    /** Of which nothing more is known. */
    public TokenEstimate(long input, @Nullable Long maxOutput, int choices, double margin) {
        this(input, maxOutput, choices, margin, 0, Collections.emptyMap());
    }

    public TokenEstimate {
        if (input < 0 || (maxOutput != null && maxOutput < 0) || choices < 1 || !(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("token estimate out of range");
        }
        // In order: records must not differ from run to run.
        learned =
                learned.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(new LinkedHashMap<>(learned));
    }

    /** The same with what models have learned. */
    public TokenEstimate learned(long bytesOfText, Map<ModelId, Long> byModel) {
        return new TokenEstimate(input, maxOutput, choices, margin, bytesOfText, byModel);
    }

    /** Expected input tokens of a model. */
    public long input(ModelId model) {
        Long own = learned.isEmpty() ? null : learned.get(model);
        return own == null ? input : own;
    }

    /** Low estimate: what is certain to be needed, for refusals. */
    public long inputLow(ModelId model) {
        return input(model) - (long) (margin * input(model));
    }

    /** High estimate: the worst case, for money. */
    public long inputHigh(ModelId model) {
        return input(model) + (long) (margin * input(model));
    }
}
