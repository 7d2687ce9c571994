package dev.tierway.adapter.providers.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream with data, however the vendor frames it.
 *
 * @param raw its bytes as they came, with what ends it (of a server-sent event, the blank line)
 * @param name its type (the {@code event} field); null if it has none
 * @param data holds its data, several lines joined by line feeds
 * @param offset where in {@code data} they begin
 * @param length how many bytes they are
 */
public record StreamEvent(byte[] raw, @Nullable String name, byte[] data, int offset, int length) {
    /** The data as text. */
    public String text() {
        return new String(data, offset, length, StandardCharsets.UTF_8);
    }

    /** Whether it is the marker that ends an OpenAI stream. */
    public boolean isDone() {
        return length >= 6 && length <= 16 && text().strip().equals("[DONE]");
    }
}
