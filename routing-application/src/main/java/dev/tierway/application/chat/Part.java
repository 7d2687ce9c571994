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

    /** @param format as OpenAI names it: {@code wav}, {@code mp3} and so on */
    record Audio(String format, String base64) implements Part {}

    /** @param name file name; null if none was given */
    record File(@Nullable String name, String mediaType, String base64) implements Part {}

    /**
     * A file the vendor fetches itself; Tierway never does.
     *
     * @param name file name; null if none was given
     * @param mediaType null if none was given
     */
    record FileUrl(@Nullable String name, @Nullable String mediaType, String url) implements Part {}

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

    /**
     * Reasoning that only its vendor can read.
     *
     * @param data opaque
     * @param vendor whose it is
     */
    record SealedReasoning(String data, String vendor) implements Part {}

    /** The model declined. */
    record Refusal(String text) implements Part {}

    /**
     * Where something in the text before it comes from.
     *
     * @param url null if the source has none
     * @param title null if the source has none
     * @param quote the words cited; null if not told
     * @param start first character of the message's text it belongs to; null if not told
     * @param end the character after the last; null if not told
     */
    record Citation(
            @Nullable String url,
            @Nullable String title,
            @Nullable String quote,
            @Nullable Integer start,
            @Nullable Integer end)
            implements Part {}

    /**
     * Up to here the prompt should be cached by the vendor.
     *
     * @param lifetime as the vendor writes it, e.g. {@code 1h}; null for its default
     */
    record CachePoint(@Nullable String lifetime) implements Part {}
}
