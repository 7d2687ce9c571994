package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Reads one turn as messages: tools' results, which stand among a user's blocks here, are messages of their own. */
final class TurnDecoder {
    private final Role role;
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();
    private List<Part> parts = new ArrayList<>();

    private TurnDecoder(Role role) {
        this.role = role;
    }

    static List<ChatMessage> messages(JsonMember message) {
        JsonMember role = message.get("role");
        TurnDecoder turn = new TurnDecoder(
                switch (role.text()) {
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case "system" -> Role.SYSTEM;
                    default -> throw role.invalid("must be user, assistant or system");
                });
        JsonMember content = message.get("content");
        if (content.isText()) {
            turn.parts.add(new Part.Text(content.text()));
        } else {
            content.elements().forEach(turn::block);
        }
        turn.flush();
        return turn.messages;
    }

    private void block(JsonMember block) {
        switch (block.get("type").text()) {
            case "tool_result" -> {
                flush();
                messages.add(toolResult(block));
            }
            case "mid_conv_system" -> {
                flush();
                messages.add(
                        new ChatMessage(Role.SYSTEM, BlockDecoder.parts(block.get("content")), null, List.of(), null));
            }
            case "tool_use" ->
                calls.add(new ToolCall(
                        block.get("id").text(),
                        block.get("name").text(),
                        block.get("input").absent()
                                ? JsonText.EMPTY_OBJECT
                                : new JsonText(block.get("input").node().toString())));
            default -> BlockDecoder.part(parts, block);
        }
    }

    private static ChatMessage toolResult(JsonMember block) {
        List<Part> parts = new ArrayList<>(BlockDecoder.parts(block.get("content")));
        BlockDecoder.cached(parts, block);
        return new ChatMessage(
                Role.TOOL,
                parts,
                null,
                List.of(),
                block.get("tool_use_id").text(),
                Boolean.TRUE.equals(block.get("is_error").optionalFlag()));
    }

    private void flush() {
        if (!parts.isEmpty() || !calls.isEmpty()) {
            messages.add(new ChatMessage(role, parts, null, calls, null));
            parts = new ArrayList<>();
            calls.clear();
        }
    }
}
