package dev.tierway.adapter.http.responses;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reasoning that is being told: a summary of one part, with what to send back. */
final class OpenReasoning extends OpenItem {
    private final StringBuilder text = new StringBuilder();
    private @Nullable String encrypted;

    OpenReasoning(ResponseEvents events, String id, int outputIndex) {
        super(events, id, outputIndex);
        added(OutputItems.reasoning(id, "", null));
    }

    void add(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            part("response.reasoning_summary_part.added", "");
        }
        text.append(piece);
        Map<String, Object> json = summary();
        json.put("delta", piece);
        events.send("response.reasoning_summary_text.delta", json);
    }

    void encrypted(String content) {
        encrypted = content;
    }

    private Map<String, Object> summary() {
        Map<String, Object> json = about();
        json.put("item_id", "rs_" + id);
        json.put("summary_index", 0);
        return json;
    }

    private void part(String type, String whole) {
        Map<String, Object> json = summary();
        json.put("part", Map.of("type", "summary_text", "text", whole));
        events.send(type, json);
    }

    @Override
    Map<String, Object> close() {
        if (!text.isEmpty()) {
            Map<String, Object> json = summary();
            json.put("text", text.toString());
            events.send("response.reasoning_summary_text.done", json);
            part("response.reasoning_summary_part.done", text.toString());
        }
        return done(OutputItems.reasoning(id, text.toString(), encrypted));
    }
}
