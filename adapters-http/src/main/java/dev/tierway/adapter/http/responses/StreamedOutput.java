package dev.tierway.adapter.http.responses;

import dev.tierway.application.chat.ChatEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The output of a streamed response: one event after another becomes a part of some item. */
final class StreamedOutput {
    private final ResponseEvents events;
    private final String response;
    private final Map<Integer, OpenCall> calls = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Object>> closed = new LinkedHashMap<>();
    private @Nullable OpenMessage message;
    private @Nullable OpenReasoning reasoning;
    private int items;

    /** @param response its id, which makes the items' ids */
    StreamedOutput(ResponseEvents events, String response) {
        this.events = events;
        this.response = response;
    }

    /** Answers beside the first have no place in a response. */
    void add(ChatEvent event) {
        switch (event) {
            case ChatEvent.TextDelta(int choice, String text) -> message().text(text);
            case ChatEvent.RefusalDelta(int choice, String text) -> message().refusal(text);
            case ChatEvent.Cited(int choice, var citation) -> message().cited(citation);
            case ChatEvent.LogProbs(int choice, var tokens) -> {
                if (message != null) {
                    message.logProbs(tokens);
                }
            }
            case ChatEvent.ReasoningDelta(int choice, String text, String signature, String vendor) -> {
                OpenReasoning thought = reasoning();
                thought.add(text);
                if (signature != null) {
                    thought.encrypted(EncryptedContent.ofSignature(signature, vendor));
                    closeReasoning();
                }
            }
            case ChatEvent.SealedReasoning(int choice, String data, String vendor) -> {
                reasoning().encrypted(EncryptedContent.ofSealed(data, vendor));
                closeReasoning();
            }
            case ChatEvent.ToolCallDelta call -> call(call);
            case ChatEvent.Begin begin -> {}
            case ChatEvent.Finished finished -> {}
            case ChatEvent.Usage usage -> {}
        }
    }

    private void call(ChatEvent.ToolCallDelta piece) {
        OpenCall call = calls.get(piece.index());
        if (call == null) {
            closeReasoning();
            closeMessage();
            String id = "fc_" + response + "_" + items;
            call = new OpenCall(
                    events,
                    id,
                    items++,
                    piece.id() == null ? "call_" + id : piece.id(),
                    piece.name() == null ? "" : piece.name());
            calls.put(piece.index(), call);
        }
        call.add(piece.arguments());
    }

    private OpenMessage message() {
        closeReasoning();
        OpenMessage open = message;
        if (open == null) {
            open = new OpenMessage(events, "msg_" + response + "_" + items, items++);
            message = open;
        }
        return open;
    }

    private OpenReasoning reasoning() {
        closeMessage();
        OpenReasoning open = reasoning;
        if (open == null) {
            open = new OpenReasoning(events, response + "_" + items, items++);
            reasoning = open;
        }
        return open;
    }

    private void closeMessage() {
        close(message);
        message = null;
    }

    private void closeReasoning() {
        close(reasoning);
        reasoning = null;
    }

    private void close(@Nullable OpenItem item) {
        if (item != null) {
            closed.put(item.outputIndex, item.close());
        }
    }

    /** Completes what is open and gives all items in order. */
    List<Object> close() {
        closeReasoning();
        closeMessage();
        calls.values().forEach(this::close);
        calls.clear();
        List<Object> output = new ArrayList<>();
        closed.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .forEach(entry -> output.add(entry.getValue()));
        return output;
    }
}
