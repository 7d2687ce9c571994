package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;

/** Bytes given in place of an address. */
public record DataUrl(String mediaType, String base64) {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64,";

    /** @throws dev.tierway.application.error.InvalidRequestException if it isn't one with base64 */
    public static DataUrl of(JsonMember url) {
        String text = url.text();
        int comma = text.indexOf(BASE64);
        if (!text.startsWith(SCHEME) || comma < SCHEME.length()) {
            throw url.invalid("must be a URL like data:image/png;base64,…");
        }
        String mediaType = text.substring(SCHEME.length(), comma);
        int parameters = mediaType.indexOf(';');
        return new DataUrl(
                parameters < 0 ? mediaType : mediaType.substring(0, parameters),
                text.substring(comma + BASE64.length()));
    }
}
