package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.application.facade.ChatStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tools: called when they must be, whole and streamed, and their results taken back. */
final class ToolProbes {
    private static final ToolDefinition WEATHER =
            new ToolDefinition("get_weather", "The weather in a city", new JsonText("""
                {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}\
                """), null);

    private ToolProbes() {}

    static Outcome unary(Line line) {
        ChatResponse asked = line.call(question().toolChoice(new ToolChoice.Required()));
        check(asked.toolCalls());
        ChatRequest.Builder second = question();
        second.message(asked.choices().getFirst().message());
        for (ToolCall call : asked.toolCalls()) {
            second.message(ChatMessage.toolResult(call.id(), "{\"weather\":\"rain, 14 degrees\"}"));
        }
        ChatResponse answer = line.call(second);
        boolean again = !answer.toolCalls().isEmpty();
        Unfulfilled.unless(again || !answer.text().isBlank(), "nothing was said to the tool's result");
        return Outcome.pass(
                counted(asked.toolCalls().size()) + ", its result " + (again ? "answered by another" : "answered"));
    }

    static Outcome streamed(Line line) {
        Map<Integer, Pieces> calls = new TreeMap<>();
        try (ChatStream stream = line.stream(question().toolChoice(new ToolChoice.Required()))) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.ToolCallDelta delta && delta.choice() == 0) {
                    calls.computeIfAbsent(delta.index(), index -> new Pieces()).add(delta);
                }
            }
        }
        List<ToolCall> whole = calls.values().stream().map(Pieces::whole).toList();
        check(whole);
        return Outcome.pass(counted(whole.size()));
    }

    private static ChatRequest.Builder question() {
        return ChatRequest.builder()
                .user("What is the weather in Paris? Use the tool.")
                .tool(WEATHER);
    }

    private static void check(Collection<ToolCall> calls) {
        Unfulfilled.unless(!calls.isEmpty(), "the tool was not called, though it had to be");
        Set<String> ids = new HashSet<>();
        for (ToolCall call : calls) {
            Unfulfilled.unless(
                    call.name().equals(WEATHER.name()), "a tool that doesn't exist was called: " + call.name());
            Unfulfilled.unless(!call.id().isBlank() && ids.add(call.id()), "a tool call has no id of its own");
            Unfulfilled.unless(
                    JsonProbe.object("the arguments", call.arguments().json())
                            .path("city")
                            .isTextual(),
                    "the arguments lack the required city: " + call.arguments().json());
        }
    }

    private static String counted(int calls) {
        return calls == 1 ? "1 call" : calls + " calls";
    }

    /** A tool call as it comes in. */
    private static final class Pieces {
        private final List<String> arguments = new ArrayList<>();
        private @Nullable String id;
        private @Nullable String name;

        void add(ChatEvent.ToolCallDelta delta) {
            id = delta.id() == null ? id : delta.id();
            name = delta.name() == null ? name : delta.name();
            arguments.add(delta.arguments());
        }

        ToolCall whole() {
            return new ToolCall(
                    id == null ? "" : id, name == null ? "" : name, new JsonText(String.join("", arguments)));
        }
    }
}
