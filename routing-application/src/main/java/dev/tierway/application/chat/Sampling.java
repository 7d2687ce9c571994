package dev.tierway.application.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the answer is drawn; null leaves a parameter to the model. */
public record Sampling(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long topK,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Long seed,
        List<String> stop) {
    public static final Sampling DEFAULTS = new Sampling(null, null, null, null, null, null, List.of());

    public Sampling {
        stop = List.copyOf(stop);
    }
}
