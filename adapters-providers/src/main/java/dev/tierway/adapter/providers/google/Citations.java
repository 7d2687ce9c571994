package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.Part;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a candidate's text comes from: recited sources, and what Google's search grounded it in. Google counts
 * bytes of UTF-8, the neutral types count characters; and a stream tells again what it told before.
 */
final class Citations {
    private final int choice;
    private final StringBuilder text = new StringBuilder();
    private final Set<Part.Citation> told = new LinkedHashSet<>();

    Citations(int choice) {
        this.choice = choice;
    }

    void text(String more) {
        text.append(more);
    }

    void add(JsonNode candidate, List<ChatEvent> out) {
        JsonNode recited = candidate.path("citationMetadata");
        for (String list : List.of("citationSources", "citations")) {
            for (JsonNode source : recited.path(list)) {
                tell(source.path("uri"), source.path("title"), null, source, out);
            }
        }
        JsonNode grounding = candidate.path("groundingMetadata");
        JsonNode chunks = grounding.path("groundingChunks");
        boolean supported = false;
        for (JsonNode support : grounding.path("groundingSupports")) {
            JsonNode segment = support.path("segment");
            for (JsonNode index : support.path("groundingChunkIndices")) {
                supported = true;
                grounded(chunks.path(index.asInt(-1)), segment, out);
            }
        }
        if (!supported) {
            for (JsonNode chunk : chunks) {
                grounded(chunk, chunk.path("segment"), out);
            }
        }
    }

    private void grounded(JsonNode chunk, JsonNode segment, List<ChatEvent> out) {
        for (String kind : List.of("web", "retrievedContext", "maps")) {
            JsonNode source = chunk.path(kind);
            if (source.isObject()) {
                String quote = segment.path("text").asText("");
                tell(source.path("uri"), source.path("title"), quote.isEmpty() ? null : quote, segment, out);
            }
        }
    }

    private void tell(JsonNode uri, JsonNode title, @Nullable String quote, JsonNode place, List<ChatEvent> out) {
        // Places in another part than the first can't be told from what was read.
        boolean known = place.hasNonNull("endIndex") && place.path("partIndex").asInt(0) == 0;
        Part.Citation citation = new Part.Citation(
                word(uri),
                word(title),
                quote,
                known ? character(place.path("startIndex").asInt(0)) : null,
                known ? character(place.path("endIndex").asInt()) : null);
        if (told.add(citation)) {
            out.add(new ChatEvent.Cited(choice, citation));
        }
    }

    /** Which character begins at that byte; null if the text isn't that long. */
    private @Nullable Integer character(int bytes) {
        byte[] all = text.toString().getBytes(StandardCharsets.UTF_8);
        return bytes < 0 || bytes > all.length
                ? null
                : Integer.valueOf(new String(all, 0, bytes, StandardCharsets.UTF_8).length());
    }

    private static @Nullable String word(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
