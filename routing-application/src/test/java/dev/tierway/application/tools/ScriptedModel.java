package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.fixture.FakeTransport;
import dev.tierway.application.port.out.ReplyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model that says what the test wrote down, one turn after the other; the last is said for ever. */
final class ScriptedModel {
    private final List<ChatMessage> turns = new ArrayList<>();
    private final List<ChatRequest> asked = new CopyOnWriteArrayList<>();

    static ToolCall call(String id, String tool, String arguments) {
        return new ToolCall(id, tool, new JsonText(arguments));
    }

    ScriptedModel calls(ToolCall... calls) {
        turns.add(ChatMessage.assistant(List.of(calls)));
        return this;
    }

    ScriptedModel says(String text) {
        turns.add(ChatMessage.assistant(text));
        return this;
    }

    ScriptedModel turn(List<Part> parts, ToolCall... calls) {
        turns.add(new ChatMessage(Role.ASSISTANT, parts, null, List.of(calls), null));
        return this;
    }

    List<ChatRequest> asked() {
        return asked;
    }

    void answer(FakeTransport.Attempt attempt) {
        ChatMessage turn;
        synchronized (this) {
            asked.add(attempt.request().payload().chat());
            turn = turns.size() > 1 ? turns.removeFirst() : turns.getFirst();
        }
        FinishReason reason = turn.toolCalls().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
        attempt.sent().head();
        if (!attempt.request().stream()) {
            attempt.event(new ReplyEvent.Whole(new ChatResponse(
                    "id", "upstream", 0, List.of(new ChatResponse.Choice(turn, reason)), FakeTransport.USAGE)));
        } else {
            attempt.begins();
            for (char c : turn.text().toCharArray()) {
                attempt.says(String.valueOf(c));
            }
            int index = 0;
            for (ToolCall call : turn.toolCalls()) {
                attempt.event(new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, index, call.id(), call.name(), "")));
                for (char c : call.arguments().json().toCharArray()) {
                    attempt.event(
                            new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, index, null, null, String.valueOf(c))));
                }
                index++;
            }
            attempt.event(new ReplyEvent.Piece(new ChatEvent.Finished(0, reason)));
        }
        attempt.ends();
    }
}
