package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a stream's content blocks; calls of tools are counted among themselves. One per stream. */
final class BlockEvents {
    private final Map<Integer, Tool> tools = new HashMap<>();

    private static final class Tool {
        private final int index;
        private final String input;
        private boolean piecesCame;

        Tool(int index, String input) {
            this.index = index;
            this.input = input;
        }
    }

    List<ChatEvent> start(int block, JsonNode content) {
        return switch (content.path("type").asText("")) {
            case "text" -> text(content.path("text").asText(""));
            case "thinking" -> thinking(content.path("thinking").asText(""));
            case "redacted_thinking" ->
                List.of(new ChatEvent.SealedReasoning(0, content.path("data").asText(""), AnthropicApi.VENDOR));
            case "tool_use" -> {
                JsonNode input = content.path("input");
                Tool tool = new Tool(tools.size(), input.isEmpty() ? "{}" : input.toString());
                tools.put(block, tool);
                yield List.of(new ChatEvent.ToolCallDelta(
                        0,
                        tool.index,
                        content.path("id").asText(""),
                        content.path("name").asText(""),
                        ""));
            }
            default -> List.of();
        };
    }

    List<ChatEvent> delta(int block, JsonNode delta) {
        return switch (delta.path("type").asText("")) {
            case "text_delta" -> text(delta.path("text").asText(""));
            case "thinking_delta" -> thinking(delta.path("thinking").asText(""));
            case "signature_delta" ->
                List.of(new ChatEvent.ReasoningDelta(
                        0, "", delta.path("signature").asText(""), AnthropicApi.VENDOR));
            case "citations_delta" ->
                List.of(new ChatEvent.Cited(0, ContentDecoder.citation(delta.path("citation"), null, null)));
            case "input_json_delta" ->
                input(tools.get(block), delta.path("partial_json").asText(""));
            default -> List.of();
        };
    }

    /** What was called without a piece of input gets the input it began with. */
    List<ChatEvent> stop(int block) {
        Tool tool = tools.get(block);
        return tool == null || tool.piecesCame
                ? List.of()
                : List.of(new ChatEvent.ToolCallDelta(0, tool.index, null, null, tool.input));
    }

    private static List<ChatEvent> input(@Nullable Tool tool, String json) {
        if (tool == null || json.isEmpty()) {
            return List.of();
        }
        tool.piecesCame = true;
        return List.of(new ChatEvent.ToolCallDelta(0, tool.index, null, null, json));
    }

    private static List<ChatEvent> text(String text) {
        return text.isEmpty() ? List.of() : List.of(new ChatEvent.TextDelta(0, text));
    }

    private static List<ChatEvent> thinking(String text) {
        return text.isEmpty() ? List.of() : List.of(new ChatEvent.ReasoningDelta(0, text, null, null));
    }
}
