package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.List;

/** Writes a conversation: what the system says apart, and user and assistant in turns, as Converse wants them. */
final class MessagesEncoder {
    private final ObjectNode root;
    private final ContentEncoder blocks = new ContentEncoder();

    MessagesEncoder(ObjectNode root) {
        this.root = root;
    }

    void write(List<ChatMessage> messages) {
        ArrayNode turns = root.putArray("messages");
        ArrayNode system = root.arrayNode();
        for (ChatMessage message : messages) {
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> system(system, message);
                case USER -> message.parts().forEach(part -> blocks.part(contentOf(turns, "user"), part));
                case ASSISTANT -> assistant(contentOf(turns, "assistant"), message);
                case TOOL -> toolResult(contentOf(turns, "user"), message);
            }
        }
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).path("content").isEmpty()) {
                turns.remove(i);
            }
        }
        if (!system.isEmpty()) {
            root.set("system", system);
        }
    }

    /** The turn under way if it is that role's, else a new one. */
    private static ArrayNode contentOf(ArrayNode turns, String role) {
        for (int i = turns.size() - 1; i >= 0; i--) {
            ObjectNode turn = (ObjectNode) turns.get(i);
            if (turn.path("role").asText().equals(role)) {
                return turn.withArray("content");
            }
            if (!turn.path("content").isEmpty()) {
                break;
            }
        }
        return turns.addObject().put("role", role).putArray("content");
    }

    private static void system(ArrayNode system, ChatMessage message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.Text(String text)) {
                ContentEncoder.text(system, text);
            } else if (part instanceof Part.CachePoint point) {
                ContentEncoder.cachePoint(system, point);
            } else {
                throw new IllegalArgumentException("Bedrock takes only text from role "
                        + (message.role() == Role.SYSTEM ? "system" : "developer"));
            }
        }
    }

    private void assistant(ArrayNode content, ChatMessage message) {
        message.parts().forEach(part -> blocks.part(content, part));
        for (ToolCall call : message.toolCalls()) {
            ContentEncoder.toolUse(content, call);
        }
    }

    private void toolResult(ArrayNode content, ChatMessage message) {
        String call = message.toolCallId();
        if (call == null) {
            throw new IllegalArgumentException("a tool's message must name the call it answers: tool_call_id");
        }
        ObjectNode result = content.addObject().putObject("toolResult");
        result.put("toolUseId", ToolUseIds.of(call));
        ArrayNode inner = result.putArray("content");
        for (Part part : message.parts()) {
            if (part instanceof Part.CachePoint point) {
                ContentEncoder.cachePoint(content, point);
            } else {
                blocks.part(inner, part);
            }
        }
        if (message.failed()) {
            result.put("status", "error");
        }
    }
}
