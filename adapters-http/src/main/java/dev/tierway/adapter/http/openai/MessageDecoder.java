package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one message of a chat completion's body into neutral types. */
final class MessageDecoder {
    private static final Set<String> KNOWN = Set.of(
            "role",
            "content",
            "name",
            "tool_calls",
            "tool_call_id",
            "refusal",
            "reasoning_content",
            "reasoning",
            SignedReasoning.MEMBER,
            "annotations",
            CacheControl.MEMBER);

    private MessageDecoder() {}

    static ChatMessage message(JsonMember message) {
        message.requireOnly(KNOWN);
        List<Part> parts = new ArrayList<>(ReasoningDecoder.parts(message));
        JsonMember content = message.get("content");
        if (content.isText()) {
            parts.add(new Part.Text(content.text()));
        } else {
            content.elements().forEach(part -> PartDecoder.add(part, parts));
        }
        if (!message.get("refusal").absent()) {
            parts.add(new Part.Refusal(message.get("refusal").text()));
        }
        message.get("annotations").elements().forEach(annotation -> parts.add(citation(annotation)));
        Part.CachePoint point = CacheControl.of(message);
        if (point != null) {
            parts.add(point);
        }
        List<ToolCall> calls = message.get("tool_calls").elements().stream()
                .map(ToolDecoder::call)
                .toList();
        return new ChatMessage(
                role(message.get("role")),
                parts,
                message.get("name").optionalText(),
                calls,
                message.get("tool_call_id").optionalText());
    }

    private static Part citation(JsonMember annotation) {
        JsonMember cited = annotation.get("url_citation");
        return new Part.Citation(
                filled(cited.get("url")),
                filled(cited.get("title")),
                filled(cited.get("quote")),
                index(cited.get("start_index")),
                index(cited.get("end_index")));
    }

    private static @Nullable String filled(JsonMember member) {
        String text = member.optionalText();
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable Integer index(JsonMember member) {
        Long at = member.optionalWholeNumber();
        return at == null ? null : Math.toIntExact(at);
    }

    private static Role role(JsonMember role) {
        return switch (role.text()) {
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw role.unsupported("'" + role.text() + "' is not a role other providers know");
        };
    }
}
