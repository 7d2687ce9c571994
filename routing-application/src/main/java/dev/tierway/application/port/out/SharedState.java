package dev.tierway.application.port.out;

import org.jspecify.annotations.Nullable;

/**
 * What the agents of a workflow hand to each other.
 *
 * @param version 1 for the first, one more for each that follows
 * @param json any JSON, as it was given
 * @param hash of its canonical form: states that mean the same have the same
 * @param agent who wrote it; null if it didn't say
 */
public record SharedState(
        long version, String json, String hash, @Nullable String agent, long atEpochMillis) {}
