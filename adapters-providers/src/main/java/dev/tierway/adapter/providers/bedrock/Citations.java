package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.Part;
import org.jspecify.annotations.Nullable;

/** Reads a citation. */
final class Citations {
    private Citations() {}

    static Part.Citation of(JsonNode citation) {
        StringBuilder quote = new StringBuilder();
        for (JsonNode piece : citation.path("sourceContent")) {
            quote.append(piece.path("text").asText(""));
        }
        String url = text(citation.path("location").path("web").path("url"));
        String title = text(citation.path("title"));
        return new Part.Citation(
                url,
                title == null ? text(citation.path("source")) : title,
                quote.isEmpty() ? null : quote.toString(),
                null,
                null);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : null;
    }
}
