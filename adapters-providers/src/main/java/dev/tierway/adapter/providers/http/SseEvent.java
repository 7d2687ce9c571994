package dev.tierway.adapter.providers.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event with data.
 *
 * @param raw its bytes as they came, with the blank line that ends it
 * @param name its {@code event} field; null if it has none
 * @param data holds its data, several lines joined by line feeds
 * @param offset where in {@code data} they begin
 * @param length how many bytes they are
 */
public record SseEvent(byte[] raw, @Nullable String name, byte[] data, int offset, int length) {
    /** The data as text. */
    public String text() {
        return new String(data, offset, length, StandardCharsets.UTF_8);
    }

    /** Whether it is the marker that ends an OpenAI stream. */
    public boolean isDone() {
        return length >= 6 && length <= 16 && text().strip().equals("[DONE]");
    }
}
