package dev.tierway.application.explain;

import org.jspecify.annotations.Nullable;

/**
 * What a document holds beyond the decision.
 *
 * @param whyNot the replica to explain the absence of; null: none
 * @param replay whether the record that suffices to decide again is in it
 */
public record Detail(@Nullable String whyNot, boolean replay) {
    public static final Detail NONE = new Detail(null, false);
    /** The decision and its record. */
    public static final Detail REPLAY = new Detail(null, true);
}
