package dev.tierway.bootstrap.reload;

import org.jspecify.annotations.Nullable;

/**
 * A generation's number.
 *
 * @param warning why it isn't in the history; null: it is
 */
public record Numbered(long generation, @Nullable String warning) {}
