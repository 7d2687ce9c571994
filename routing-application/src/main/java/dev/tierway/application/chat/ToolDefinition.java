package dev.tierway.application.chat;

import org.jspecify.annotations.Nullable;

/**
 * A tool offered to the model.
 *
 * @param parameters JSON Schema of its arguments; null if it takes none
 * @param strict whether the vendor should enforce the schema; null leaves it to the vendor
 */
public record ToolDefinition(
        String name,
        @Nullable String description,
        @Nullable JsonText parameters,
        @Nullable Boolean strict) {}
