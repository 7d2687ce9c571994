package dev.tierway.adapter.http.openai;

import dev.tierway.application.chat.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A citation as OpenAI writes it. Clients insist on every member, so what isn't known is empty. */
final class CitationJson {
    private CitationJson() {}

    /** @param textLength of the text before it, where it belongs if it doesn't say */
    static Map<String, Object> of(Part.Citation citation, int textLength) {
        Integer start = citation.start();
        Integer end = citation.end();
        Map<String, Object> cited = new LinkedHashMap<>();
        cited.put("url", orEmpty(citation.url()));
        cited.put("title", orEmpty(citation.title()));
        cited.put("start_index", start == null ? textLength : start);
        cited.put("end_index", end == null ? textLength : end);
        if (citation.quote() != null) {
            cited.put("quote", citation.quote());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "url_citation");
        json.put("url_citation", cited);
        return json;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
