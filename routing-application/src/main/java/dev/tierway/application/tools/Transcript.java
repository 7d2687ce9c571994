package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The messages of a conversation, such as every vendor takes them: an assistant's turn with its tool calls, then the result of
 * each in their order, under ids that occur once.
 */
final class Transcript {
    private final List<ChatMessage> messages;
    private final Set<String> ids = new HashSet<>();
    private int made;

    Transcript(List<ChatMessage> begin) {
        messages = new ArrayList<>(begin);
        begin.forEach(message -> message.toolCalls().forEach(call -> ids.add(call.id())));
    }

    List<ChatMessage> messages() {
        return List.copyOf(messages);
    }

    /**
     * The assistant's turn.
     *
     * @param object whether a text is a JSON object: what isn't can't be sent back as arguments to all vendors
     * @return its tool calls as they were made, under the ids they have now
     */
    List<ToolCall> heard(ChatMessage said, Predicate<ToolCall> object) {
        List<ToolCall> calls = new ArrayList<>();
        List<ToolCall> kept = new ArrayList<>();
        for (ToolCall call : said.toolCalls()) {
            ToolCall named = new ToolCall(unique(call.id()), call.name(), call.arguments());
            calls.add(named);
            kept.add(object.test(call) ? named : new ToolCall(named.id(), named.name(), JsonText.EMPTY_OBJECT));
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : said.parts()) {
            // Where words came from is for the reader; most vendors don't take it back.
            if (!(part instanceof Part.Citation) && !(part instanceof Part.Text(String text) && text.isEmpty())) {
                parts.add(part);
            }
        }
        if (!parts.isEmpty() || !kept.isEmpty()) {
            messages.add(new ChatMessage(Role.ASSISTANT, parts, said.name(), kept, null));
        }
        return calls;
    }

    private String unique(String id) {
        String one = id;
        while (one.isBlank() || !ids.add(one)) {
            one = "call_" + ++made;
        }
        return one;
    }

    /** The results, one for each call of the turn before, in its order. */
    void answered(List<ToolUse> uses) {
        for (ToolUse use : uses) {
            String id = use.call().id();
            messages.add(
                    use.outcome().failed()
                            ? ChatMessage.toolFailure(id, use.outcome().text())
                            : ChatMessage.toolResult(id, use.outcome().text()));
        }
    }

    void hint(String words) {
        messages.add(ChatMessage.user(words));
    }

    /** Whether it holds reasoning that only its vendor takes back. */
    boolean signed() {
        return messages.stream().flatMap(message -> message.parts().stream()).anyMatch(Transcript::ofOneVendor);
    }

    /** Leaves such reasoning out, so that another vendor can go on. */
    void unsign() {
        messages.replaceAll(message -> new ChatMessage(
                message.role(),
                message.parts().stream().filter(part -> !ofOneVendor(part)).toList(),
                message.name(),
                message.toolCalls(),
                message.toolCallId(),
                message.failed()));
        messages.removeIf(message -> message.role() == Role.ASSISTANT
                && message.parts().isEmpty()
                && message.toolCalls().isEmpty());
    }

    private static boolean ofOneVendor(Part part) {
        return part instanceof Part.SealedReasoning
                || (part instanceof Part.Reasoning reasoning && reasoning.signature() != null);
    }

    /** The next request. A demand to call a tool is met by the first answer: kept up, there would never be another. */
    ChatRequest request(ChatRequest first, List<ToolDefinition> tools, boolean again) {
        ToolChoice choice = first.toolChoice();
        boolean demanded = choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Tool;
        return new ChatRequest(
                messages,
                tools,
                tools.isEmpty() || (again && demanded) ? null : choice,
                tools.isEmpty() ? null : first.parallelToolCalls(),
                first.responseFormat(),
                first.sampling(),
                first.maxOutputTokens(),
                1,
                first.reasoning(),
                first.user(),
                first.topLogProbs(),
                first.metadata(),
                first.serviceTier(),
                first.toolsCached(),
                first.extra());
    }
}
