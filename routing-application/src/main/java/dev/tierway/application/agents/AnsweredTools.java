package dev.tierway.application.agents;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.domain.agent.Fingerprint;
import dev.tierway.domain.agent.ToolUse;
import dev.tierway.domain.catalogue.Capability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tool calls of the turn before, with the results that a request brings the model at its end. */
final class AnsweredTools {
    private AnsweredTools() {}

    static List<ToolUse> of(CallCommand command) {
        // A request in a client's own bytes is read for that, if it is about tools at all.
        return command.facts().needs().contains(Capability.TOOLS)
                ? of(command.payload().chat().messages())
                : List.of();
    }

    private static List<ToolUse> of(List<ChatMessage> messages) {
        Map<String, String> results = new HashMap<>();
        for (ChatMessage message : messages.reversed()) {
            String id = message.toolCallId();
            if (message.role() == Role.TOOL && id != null) {
                results.put(id, message.text());
            } else if (message.role() == Role.ASSISTANT) {
                return uses(message.toolCalls(), results);
            }
        }
        return List.of();
    }

    private static List<ToolUse> uses(List<ToolCall> calls, Map<String, String> results) {
        List<ToolUse> uses = new ArrayList<>(calls.size());
        for (ToolCall call : calls) {
            String result = results.get(call.id());
            uses.add(new ToolUse(
                    call.name(),
                    Canonical.call(call.name(), call.arguments().json()),
                    result == null ? null : Fingerprint.of(result)));
        }
        return uses;
    }
}
