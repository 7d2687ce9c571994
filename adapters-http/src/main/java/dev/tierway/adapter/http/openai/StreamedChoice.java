package dev.tierway.adapter.http.openai;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of one streamed answer must be remembered to write the rest of it. */
final class StreamedChoice {
    private final StringBuilder unsigned = new StringBuilder();
    private int textLength;
    private int details;

    void text(String text) {
        textLength += text.length();
    }

    /** Reasoning goes out as it comes; once it is signed, the whole of it again, as a detail to send back. */
    Map<String, Object> reasoning(ChatEvent.ReasoningDelta delta) {
        unsigned.append(delta.text());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reasoning_content", delta.text());
        String signature = delta.signature();
        if (signature != null) {
            json.put(
                    SignedReasoning.MEMBER,
                    List.of(SignedReasoning.text(details++, unsigned.toString(), signature, delta.vendor())));
            unsigned.setLength(0);
        }
        return json;
    }

    Map<String, Object> sealed(ChatEvent.SealedReasoning sealed) {
        return Map.of(
                SignedReasoning.MEMBER, List.of(SignedReasoning.encrypted(details++, sealed.data(), sealed.vendor())));
    }

    Map<String, Object> annotation(Part.Citation citation) {
        return CitationJson.of(citation, textLength);
    }
}
