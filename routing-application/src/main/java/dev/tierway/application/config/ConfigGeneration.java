package dev.tierway.application.config;

import org.jspecify.annotations.Nullable;

/**
 * A configuration that was put in force.
 *
 * @param number counts up; the same in decisions and metrics
 * @param instance where it was put in force first
 * @param rollbackTo the earlier one it repeats; null: none
 * @param hash of its text as written, in hexadecimal: equal for equal texts
 * @param file where it was read; null: nowhere
 * @param document its text as JSON, placeholders as written; null: none is kept
 * @param incomplete why the document isn't the whole of it, e.g. since a secret was written into the file; null: it is
 */
public record ConfigGeneration(
        long number,
        long atEpochMillis,
        ConfigOrder order,
        String instance,
        @Nullable Long rollbackTo,
        String hash,
        @Nullable String file,
        @Nullable String document,
        @Nullable String incomplete) {
    /** The same under the number a store has given it. */
    public ConfigGeneration numbered(long given) {
        return new ConfigGeneration(
                given, atEpochMillis, order, instance, rollbackTo, hash, file, document, incomplete);
    }
}
