package dev.tierway.adapter.http.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a whole reply in neutral types as Anthropic's message; of several choices the first. */
final class MessageEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageEncoder() {}

    static byte[] message(ChatResponse response) {
        ChatResponse.Choice choice = response.choices().getFirst();
        List<Map<String, Object>> content = new ArrayList<>();
        choice.message().parts().forEach(part -> part(content, part));
        choice.message().toolCalls().forEach(call -> content.add(toolUse(call)));
        Map<String, Object> json = head(response.id(), response.model(), content);
        json.put("stop_reason", stopReason(choice.finishReason(), choice.stopSequence()));
        json.put("stop_sequence", choice.stopSequence());
        json.put("usage", usage(response.usage()));
        return Json.bytes(json);
    }

    /** What a whole message and a stream's beginning have in common. */
    static Map<String, Object> head(String id, String model, List<Map<String, Object>> content) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("type", "message");
        json.put("role", "assistant");
        json.put("model", model);
        json.put("content", content);
        return json;
    }

    private static void part(List<Map<String, Object>> content, Part part) {
        switch (part) {
            case Part.Text(String text) -> content.add(text(text));
            case Part.Refusal(String text) -> content.add(text(text));
            case Part.Reasoning(String text, String signature, String vendor) ->
                content.add(thinking(text, Signature.written(vendor, signature)));
            case Part.SealedReasoning(String data, String vendor) ->
                content.add(redacted(Signature.written(vendor, data)));
            case Part.Citation citation -> cite(content, citation);
            // Models answer with nothing of these.
            case Part.Image image -> {}
            case Part.ImageUrl image -> {}
            case Part.Audio audio -> {}
            case Part.File file -> {}
            case Part.FileUrl file -> {}
            case Part.CachePoint point -> {}
        }
    }

    static Map<String, Object> text(String text) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "text");
        block.put("text", text);
        return block;
    }

    static Map<String, Object> thinking(String text, String signature) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "thinking");
        block.put("thinking", text);
        block.put("signature", signature);
        return block;
    }

    static Map<String, Object> redacted(String data) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "redacted_thinking");
        block.put("data", data);
        return block;
    }

    private static Map<String, Object> toolUse(ToolCall call) {
        return toolUse(call.id(), call.name(), input(call.arguments().json()));
    }

    static Map<String, Object> toolUse(String id, String name, Object input) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "tool_use");
        block.put("id", id);
        block.put("name", name);
        block.put("input", input);
        return block;
    }

    /** Clients expect an object: what a model wrote instead is kept inside one. */
    private static Object input(String arguments) {
        try {
            JsonNode read = JSON.readTree(arguments);
            return read != null && read.isObject() ? read : Map.of("arguments", read == null ? "" : read);
        } catch (JsonProcessingException broken) {
            return Map.of("arguments", arguments);
        }
    }

    /** Belongs to the text before it; without one it belongs nowhere. */
    private static void cite(List<Map<String, Object>> content, Part.Citation citation) {
        if (content.isEmpty() || !"text".equals(content.getLast().get("type"))) {
            return;
        }
        List<Object> citations = new ArrayList<>();
        if (content.getLast().get("citations") instanceof List<?> before) {
            citations.addAll(before);
        }
        citations.add(citation(citation));
        content.getLast().put("citations", citations);
    }

    /** A source with an address is one of the web; others are told by title and words. */
    static Map<String, Object> citation(Part.Citation citation) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (citation.url() != null) {
            json.put("type", "web_search_result_location");
            json.put("url", citation.url());
            json.put("title", citation.title());
            json.put("encrypted_index", "");
        } else {
            json.put("type", "char_location");
            json.put("document_index", 0);
            json.put("document_title", citation.title());
            json.put("start_char_index", citation.start() == null ? 0 : citation.start());
            json.put("end_char_index", citation.end() == null ? 0 : citation.end());
        }
        json.put("cited_text", citation.quote() == null ? "" : citation.quote());
        return json;
    }

    static String stopReason(FinishReason reason, @Nullable String stopSequence) {
        return switch (reason) {
            case STOP -> stopSequence == null ? "end_turn" : "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER -> "refusal";
            case OTHER -> "pause_turn";
        };
    }

    /** The input's own count doesn't hold what was read from a cache or written to one. */
    static Map<String, Object> usage(TokenUsage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input_tokens", Math.max(0, usage.input() - usage.cachedInput() - usage.cacheWrite()));
        json.put("cache_creation_input_tokens", usage.cacheWrite());
        json.put("cache_read_input_tokens", usage.cachedInput());
        json.put("output_tokens", usage.output());
        return json;
    }
}
