package dev.tierway.adapter.providers.bedrock;

import java.util.Locale;
import java.util.Map;

/** What Converse calls media types. */
final class MediaFormats {
    private static final Map<String, String> DOCUMENTS = Map.ofEntries(
            Map.entry("application/pdf", "pdf"),
            Map.entry("text/csv", "csv"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("text/html", "html"),
            Map.entry("text/plain", "txt"),
            Map.entry("text/markdown", "md"));

    private MediaFormats() {}

    /** @throws IllegalArgumentException if it is no image */
    static String image(String mediaType) {
        String type = bare(mediaType);
        if (!type.startsWith("image/")) {
            throw new IllegalArgumentException("'" + mediaType + "' is no image's media type");
        }
        String format = type.substring("image/".length());
        return format.equals("jpg") ? "jpeg" : format;
    }

    /** @throws IllegalArgumentException if Converse takes no such documents */
    static String document(String mediaType) {
        String format = DOCUMENTS.get(bare(mediaType));
        if (format == null) {
            throw new IllegalArgumentException("Bedrock takes no files of type '" + mediaType
                    + "': send pdf, csv, doc, docx, xls, xlsx, html, txt or md");
        }
        return format;
    }

    private static String bare(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
