package dev.tierway.adapter.http.anthropic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of models as Anthropic's clients expect it: all on one page, each with a {@code tierway} member. */
public final class AnthropicModels {
    private AnthropicModels() {}

    /** @param entries what we say of each name */
    public static Map<String, Object> list(Map<String, Map<String, Object>> entries, long createdEpochSeconds) {
        List<Object> data = new ArrayList<>();
        entries.forEach((id, tierway) -> data.add(entry(id, tierway, createdEpochSeconds)));
        List<String> ids = List.copyOf(entries.keySet());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", data);
        json.put("has_more", false);
        json.put("first_id", ids.isEmpty() ? null : ids.getFirst());
        json.put("last_id", ids.isEmpty() ? null : ids.getLast());
        return json;
    }

    public static Map<String, Object> entry(String id, Map<String, Object> tierway, long createdEpochSeconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "model");
        json.put("id", id);
        json.put("display_name", id);
        json.put("created_at", Instant.ofEpochSecond(createdEpochSeconds).toString());
        json.put("max_input_tokens", tierway.get("context_window"));
        json.put("max_tokens", tierway.get("max_output_tokens"));
        json.put("tierway", tierway);
        return json;
    }
}
