package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** OpenAI's chunks and completions in Converse's words. */
final class BridgeWords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<byte[]> out;
    private boolean begun;
    /** Told once, at the end. */
    private final ObjectNode metadata = JSON.createObjectNode();

    BridgeWords(Consumer<byte[]> out) {
        this.out = out;
    }

    void event(byte[] data) {
        if (new String(data, StandardCharsets.UTF_8).equals("[DONE]")) {
            emit("metadata", metadata);
            return;
        }
        try {
            JsonNode chunk = ConverseBridge.read(data);
            if (chunk.has("error")) {
                out.accept(Frames.exception("modelStreamErrorException", "it broke"));
            } else {
                chunk(chunk);
            }
        } catch (IOException broken) {
            out.accept(data);
        }
    }

    private void chunk(JsonNode chunk) {
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        if (!begun) {
            begun = true;
            emit("messageStart", JSON.createObjectNode().put("role", "assistant"));
        }
        String text = delta.path("content").asText("");
        if (!text.isEmpty()) {
            ObjectNode event = JSON.createObjectNode().put("contentBlockIndex", 0);
            event.putObject("delta").put("text", text);
            emit("contentBlockDelta", event);
        }
        JsonNode call = delta.path("tool_calls").path(0);
        if (call.has("id")) {
            ObjectNode event = JSON.createObjectNode().put("contentBlockIndex", 0);
            event.putObject("start")
                    .putObject("toolUse")
                    .put("toolUseId", call.path("id").asText())
                    .put("name", call.at("/function/name").asText());
            emit("contentBlockStart", event);
        }
        String arguments = call.at("/function/arguments").asText("");
        if (!arguments.isEmpty()) {
            ObjectNode event = JSON.createObjectNode().put("contentBlockIndex", 0);
            event.putObject("delta").putObject("toolUse").put("input", arguments);
            emit("contentBlockDelta", event);
        }
        if (choice.path("finish_reason").isTextual()) {
            emit("contentBlockStop", JSON.createObjectNode().put("contentBlockIndex", 0));
            emit(
                    "messageStop",
                    JSON.createObjectNode()
                            .put("stopReason", stop(choice.path("finish_reason").textValue())));
        }
        if (chunk.path("usage").isObject()) {
            metadata.set("usage", usage(chunk.path("usage")));
        }
    }

    private void emit(String type, ObjectNode event) {
        out.accept(Frames.event(type, event.toString()));
    }

    private static ObjectNode usage(JsonNode usage) {
        ObjectNode counts = JSON.createObjectNode();
        counts.set("inputTokens", usage.path("prompt_tokens"));
        counts.set("outputTokens", usage.path("completion_tokens"));
        counts.set("totalTokens", usage.path("total_tokens"));
        return counts;
    }

    private static String stop(String word) {
        return switch (word) {
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            default -> "end_turn";
        };
    }

    static byte[] unary(byte[] completion) {
        try {
            JsonNode root = ConverseBridge.read(completion);
            JsonNode choice = root.path("choices").path(0);
            JsonNode message = choice.path("message");
            if (!message.isObject() || !choice.path("finish_reason").isTextual()) {
                return completion;
            }
            ObjectNode reply = JSON.createObjectNode();
            ArrayNode content = reply.putObject("output")
                    .putObject("message")
                    .put("role", "assistant")
                    .putArray("content");
            if (message.path("content").isTextual()) {
                content.addObject().put("text", message.path("content").textValue());
            }
            for (JsonNode call : message.path("tool_calls")) {
                ObjectNode use = content.addObject().putObject("toolUse");
                use.put("toolUseId", call.path("id").asText());
                use.put("name", call.at("/function/name").asText());
                use.set("input", JSON.readTree(call.at("/function/arguments").asText()));
            }
            reply.put("stopReason", stop(choice.path("finish_reason").textValue()));
            if (root.path("usage").isObject()) {
                reply.set("usage", usage(root.path("usage")));
            }
            return reply.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return completion;
        }
    }
}
