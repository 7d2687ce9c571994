package dev.tierway.adapter.http.wire;

/**
 * What media are likely to cost in input tokens: rough, on the high side, and replaced by what the vendor reports. Sizes
 * are those of the JSON around the base64 text.
 */
public final class MediaTokens {
    /** A 1024 × 1024 picture in OpenAI's tiles. */
    public static final long IMAGE = 765;

    public static final long IMAGE_LOW_DETAIL = 85;

    /** A file of a few pages that nobody here has seen. */
    public static final long FILE_BY_URL = 1000;

    /** Ten tokens a second at 128 kbit/s, in base64. */
    private static final int AUDIO_BYTES_PER_TOKEN = 2133;

    /** Four characters a token, in base64; a PDF's compression and its layout outweigh each other. */
    private static final int FILE_BYTES_PER_TOKEN = 5;

    private MediaTokens() {}

    public static long ofAudio(int jsonBytes) {
        return (long) 1 + jsonBytes / AUDIO_BYTES_PER_TOKEN;
    }

    public static long ofFile(int jsonBytes) {
        return (long) 1 + jsonBytes / FILE_BYTES_PER_TOKEN;
    }
}
