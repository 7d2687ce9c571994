package dev.tierway.domain.call;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin made of a call, for its decision. Plugins that let a call pass leave no trace.
 *
 * @param detail in words, without anything of the prompt; null: nothing to add
 */
public record PluginUse(
        String plugin,
        PluginStage stage,
        Outcome outcome,
        @Nullable String detail) {
    /** What it did. */
    public enum Outcome {
        /** It wants something to be known, and changed nothing. */
        NOTED,
        /** The request or the answer goes on as the plugin made it, encoded anew. */
        CHANGED,
        /** The call ends with an error. */
        DENIED,
        /** The call ends with the plugin's own answer. */
        ANSWERED,
        /** It broke, or took too long; {@code on-error} says whether the call went on. */
        FAILED;

        private final String id = name().toLowerCase(Locale.ROOT);

        /** The name in decisions and metrics. */
        public String id() {
            return id;
        }
    }
}
