package dev.tierway.application.port.out;

import org.jspecify.annotations.Nullable;

/**
 * One secret of a key, of which only a digest is kept.
 *
 * @param pepper the id of the pepper it was made with
 * @param hint how the secret ends, so that people can tell it from others; null for secrets that were brought along
 * @param untilEpochMillis when it stops working; null: with its key
 */
public record KeySecret(
        String digest,
        String pepper,
        @Nullable String hint,
        @Nullable Long untilEpochMillis) {
    /** The same, working no longer than that. */
    public KeySecret until(long epochMillis) {
        return new KeySecret(
                digest,
                pepper,
                hint,
                untilEpochMillis == null ? (Long) epochMillis : (Long) Math.min(untilEpochMillis, epochMillis));
    }
}
