package dev.tierway.application.port.out;

import dev.tierway.application.chat.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a model gives a tool with what the tool takes. */
public interface ArgumentCheck {
    /**
     * @param schema JSON Schema of the arguments; null: any object fits
     * @param arguments the model's text, whatever it is; nothing at all is an empty object
     */
    Checked check(@Nullable JsonText schema, String arguments);

    /** What came of it. */
    sealed interface Checked {
        /** @param arguments an object that fits the schema */
        record Fit(JsonText arguments) implements Checked {}

        /**
         * @param object whether it is a JSON object at all, so that a vendor takes it back as the call's arguments
         * @param problems each with its place, in words for the model; never empty
         */
        record Misfit(boolean object, List<String> problems) implements Checked {
            public Misfit {
                problems = List.copyOf(problems);
            }
        }
    }
}
