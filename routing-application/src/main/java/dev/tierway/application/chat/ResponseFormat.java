package dev.tierway.application.chat;

import org.jspecify.annotations.Nullable;

/** The shape of the answer. */
public sealed interface ResponseFormat {
    record PlainText() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    /** JSON that fits a schema. */
    record JsonSchema(
            String name, JsonText schema, @Nullable Boolean strict) implements ResponseFormat {}
}
