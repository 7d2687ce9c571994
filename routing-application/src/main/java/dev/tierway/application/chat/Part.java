package dev.tierway.application.chat;

import org.jspecify.annotations.Nullable;

/** A piece of a message. */
public sealed interface Part {
    record Text(String text) implements Part {}

    /**
     * An image given by value.
     *
     * @param base64 as the caller encoded it, never re-encoded
     * @param detail the caller's wish for resolution; null if none
     */
    record Image(String mediaType, String base64, @Nullable String detail) implements Part {}

    /** An image the vendor fetches itself; Tierway never does. */
    record ImageUrl(String url, @Nullable String detail) implements Part {}

    record Audio(String format, String base64) implements Part {}

    /** @param name file name; null if none was given */
    record File(@Nullable String name, String mediaType, String base64) implements Part {}

    /**
     * The model's reasoning.
     *
     * @param signature opaque, only for the vendor that made it; null if unsigned
     * @param vendor whose signature it is; null if unsigned
     */
    record Reasoning(
            String text,
            @Nullable String signature,
            @Nullable String vendor) implements Part {}

    /** The model declined. */
    record Refusal(String text) implements Part {}
}
