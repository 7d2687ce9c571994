package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the content of a whole answer. Blocks of kinds nobody else has (server tools) are passed over. */
final class ContentDecoder {
    private final List<Part> parts = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private int written;

    private ContentDecoder() {}

    /** @param refusal why the model declined; empty if it didn't, or doesn't say */
    static ChatMessage message(JsonNode content, String refusal) {
        ContentDecoder decoder = new ContentDecoder();
        for (JsonNode block : content) {
            decoder.block(block);
        }
        if (!refusal.isEmpty()) {
            decoder.parts.add(new Part.Refusal(refusal));
        }
        return new ChatMessage(Role.ASSISTANT, decoder.parts, null, decoder.calls, null);
    }

    private void block(JsonNode block) {
        switch (block.path("type").asText("")) {
            case "text" -> {
                String text = block.path("text").asText("");
                int start = written;
                written += text.length();
                if (!text.isEmpty()) {
                    parts.add(new Part.Text(text));
                }
                for (JsonNode citation : block.path("citations")) {
                    parts.add(citation(citation, start, written));
                }
            }
            case "thinking" ->
                parts.add(new Part.Reasoning(
                        block.path("thinking").asText(""),
                        block.path("signature").asText(""),
                        AnthropicApi.VENDOR));
            case "redacted_thinking" ->
                parts.add(new Part.SealedReasoning(block.path("data").asText(""), AnthropicApi.VENDOR));
            case "tool_use" ->
                calls.add(new ToolCall(
                        block.path("id").asText(""), block.path("name").asText(""), input(block.path("input"))));
            default -> {}
        }
    }

    private static JsonText input(JsonNode input) {
        return input.isMissingNode() || input.isNull() ? JsonText.EMPTY_OBJECT : new JsonText(input.toString());
    }

    static Part.Citation citation(JsonNode citation, @Nullable Integer start, @Nullable Integer end) {
        String url = text(citation, "url");
        String title = text(citation, "title");
        return new Part.Citation(
                url == null ? text(citation, "source") : url,
                title == null ? text(citation, "document_title") : title,
                text(citation, "cited_text"),
                start,
                end);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : null;
    }
}
