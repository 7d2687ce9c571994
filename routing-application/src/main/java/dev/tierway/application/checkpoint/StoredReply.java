package dev.tierway.application.checkpoint;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.json.Json;
import dev.tierway.application.json.RecordReader;
import java.util.ArrayList;
import java.util.List;

/** A whole answer as text, and as the pieces it would have come in. */
final class StoredReply {
    private StoredReply() {}

    static String write(ChatResponse response) {
        return Json.canonical(response);
    }

    /** @throws IllegalArgumentException if it can't be read any more */
    static ChatResponse read(String text) {
        return RecordReader.read(text, ChatResponse.class);
    }

    static List<ChatEvent> pieces(ChatResponse response) {
        List<ChatEvent> pieces = new ArrayList<>();
        pieces.add(new ChatEvent.Begin(response.id(), response.model(), response.createdEpochSeconds()));
        for (int choice = 0; choice < response.choices().size(); choice++) {
            ChatResponse.Choice one = response.choices().get(choice);
            message(one.message(), choice, pieces);
            if (!one.logProbs().isEmpty()) {
                pieces.add(new ChatEvent.LogProbs(choice, one.logProbs()));
            }
            pieces.add(new ChatEvent.Finished(choice, one.finishReason(), one.stopSequence()));
        }
        pieces.add(new ChatEvent.Usage(response.usage()));
        return pieces;
    }

    private static void message(ChatMessage message, int choice, List<ChatEvent> pieces) {
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text(String text) -> pieces.add(new ChatEvent.TextDelta(choice, text));
                case Part.Refusal(String text) -> pieces.add(new ChatEvent.RefusalDelta(choice, text));
                case Part.Reasoning(String text, String signature, String vendor) ->
                    pieces.add(new ChatEvent.ReasoningDelta(choice, text, signature, vendor));
                case Part.SealedReasoning(String data, String vendor) ->
                    pieces.add(new ChatEvent.SealedReasoning(choice, data, vendor));
                case Part.Citation citation -> pieces.add(new ChatEvent.Cited(choice, citation));
                case Part.Image image -> {}
                case Part.ImageUrl image -> {}
                case Part.Audio audio -> {}
                case Part.File file -> {}
                case Part.FileUrl file -> {}
                case Part.CachePoint point -> {}
            }
        }
        int index = 0;
        for (ToolCall call : message.toolCalls()) {
            pieces.add(new ChatEvent.ToolCallDelta(
                    choice, index++, call.id(), call.name(), call.arguments().json()));
        }
    }
}
