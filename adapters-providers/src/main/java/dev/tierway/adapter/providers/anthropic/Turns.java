package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import java.util.List;

/**
 * Makes turns of messages: instructions go to the top, wherever in the conversation they stood (not every model takes
 * them in between); tools' results are the user's; neighbours of one role are one turn.
 */
final class Turns {
    private final ArrayNode system;
    private final ArrayNode turns;

    private Turns(ObjectNode body) {
        this.system = body.arrayNode();
        this.turns = body.arrayNode();
    }

    static void write(ObjectNode body, List<ChatMessage> messages) {
        Turns all = new Turns(body);
        messages.forEach(all::message);
        if (all.turns.isEmpty()) {
            // Nothing but instructions: the API wants somebody to have spoken.
            all.turns.addObject().put("role", "user").set("content", plain(all.system));
        } else if (!all.system.isEmpty()) {
            body.set("system", plain(all.system));
        }
        for (JsonNode turn : all.turns) {
            if (turn instanceof ObjectNode one && one.get("content") instanceof ArrayNode content) {
                one.set("content", plain(content));
            }
        }
        body.set("messages", all.turns);
    }

    private void message(ChatMessage message) {
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> BlockEncoder.parts(system, message.parts());
            case USER -> content("user", message);
            case ASSISTANT -> content("assistant", message);
            case TOOL -> toolResult(message);
        }
    }

    private void content(String role, ChatMessage message) {
        ArrayNode blocks = turns.arrayNode();
        BlockEncoder.parts(blocks, message.parts());
        for (ToolCall call : message.toolCalls()) {
            BlockEncoder.toolUse(blocks, call);
        }
        if (!blocks.isEmpty()) {
            turn(role).addAll(blocks);
        }
    }

    private void toolResult(ChatMessage message) {
        ObjectNode block = turn("user").addObject();
        block.put("type", "tool_result");
        block.put("tool_use_id", BlockEncoder.toolId(message.toolCallId() == null ? "" : message.toolCallId()));
        ArrayNode content = turns.arrayNode();
        for (Part part : message.parts()) {
            if (part instanceof Part.CachePoint point) {
                BlockEncoder.cached(block, point);
            } else {
                BlockEncoder.parts(content, List.of(part));
            }
        }
        if (!content.isEmpty()) {
            block.set("content", plain(content));
        }
        if (message.failed()) {
            block.put("is_error", true);
        }
    }

    /** The content of the turn that role speaks in now. */
    private ArrayNode turn(String role) {
        if (!turns.isEmpty()
                && turns.get(turns.size() - 1) instanceof ObjectNode last
                && last.path("role").asText("").equals(role)
                && last.get("content") instanceof ArrayNode content) {
            return content;
        }
        return turns.addObject().put("role", role).putArray("content");
    }

    /** One text without anything about it goes as a plain string. */
    private static JsonNode plain(ArrayNode blocks) {
        boolean plain = blocks.size() == 1
                && blocks.get(0).path("type").asText("").equals("text")
                && blocks.get(0).size() == 2;
        return plain ? blocks.get(0).get("text") : blocks;
    }
}
