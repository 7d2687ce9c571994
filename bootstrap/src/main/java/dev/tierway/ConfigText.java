package dev.tierway;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text a configuration was read from, as it is kept: what placeholders stand for, comments, and secrets that were written
 * out are not in it.
 *
 * @param document the values as written, as JSON
 * @param hash SHA-256 of the document, in hexadecimal
 * @param leftOut the keys of secrets that were written out; with any, the document isn't the whole configuration
 * @param file where it was read; null: nowhere
 * @param files everything that was read for it, the file first
 */
public record ConfigText(
        String document,
        String hash,
        List<String> leftOut,
        @Nullable Path file,
        List<Path> files) {
    public ConfigText {
        leftOut = List.copyOf(leftOut);
        files = List.copyOf(files);
    }
}
