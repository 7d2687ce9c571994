package dev.tierway.adapter.providers.google;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types as Gemini names them. */
final class MediaTypes {
    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("gif", "image/gif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("csv", "text/csv"),
            Map.entry("html", "text/html"),
            Map.entry("json", "application/json"),
            Map.entry("wav", "audio/wav"),
            Map.entry("mp3", "audio/mp3"),
            Map.entry("flac", "audio/flac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("aac", "audio/aac"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/mov"),
            Map.entry("webm", "video/webm"));

    private MediaTypes() {}

    /** Of a URL, by how its path ends; null if that says nothing: then Google looks itself. */
    static @Nullable String ofUrl(String url) {
        String path = url.replaceAll("[?#].*", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? null : BY_ENDING.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** @param format as OpenAI names it */
    static String ofAudio(String format) {
        String known = BY_ENDING.get(format.toLowerCase(Locale.ROOT));
        return known != null && known.startsWith("audio/") ? known : "audio/" + format.toLowerCase(Locale.ROOT);
    }
}
