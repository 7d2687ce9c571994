package dev.tierway.application.plugin;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.NeutralReply;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/** A whole answer as the events of a reply. */
final class ReplyPieces {
    private ReplyPieces() {}

    static List<ReplyEvent> of(NeutralReply reply) {
        return List.of(new ReplyEvent.Whole(reply));
    }

    static TokenUsage usage(NeutralReply reply) {
        return switch (reply) {
            case ChatResponse chat -> chat.usage();
            case EmbeddingResponse embeddings -> embeddings.usage();
        };
    }

    /** The same for a caller that wants a stream: whole chat answers are taken apart. */
    static List<ReplyEvent> streamed(List<ReplyEvent> events) {
        List<ReplyEvent> pieces = new ArrayList<>();
        for (ReplyEvent event : events) {
            if (event instanceof ReplyEvent.Whole(ChatResponse chat)) {
                pieces(chat).forEach(piece -> pieces.add(new ReplyEvent.Piece(piece)));
            } else {
                pieces.add(event);
            }
        }
        return pieces;
    }

    private static List<ChatEvent> pieces(ChatResponse chat) {
        List<ChatEvent> pieces = new ArrayList<>();
        pieces.add(new ChatEvent.Begin(chat.id(), chat.model(), chat.createdEpochSeconds()));
        for (int i = 0; i < chat.choices().size(); i++) {
            ChatResponse.Choice choice = chat.choices().get(i);
            message(i, choice.message(), pieces);
            pieces.add(new ChatEvent.Finished(i, choice.finishReason(), choice.stopSequence()));
        }
        pieces.add(new ChatEvent.Usage(chat.usage()));
        return pieces;
    }

    private static void message(int choice, ChatMessage message, List<ChatEvent> pieces) {
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text(String text) -> pieces.add(new ChatEvent.TextDelta(choice, text));
                case Part.Refusal(String text) -> pieces.add(new ChatEvent.RefusalDelta(choice, text));
                case Part.Reasoning(String text, var signature, var vendor) ->
                    pieces.add(new ChatEvent.ReasoningDelta(choice, text, signature, vendor));
                case Part.SealedReasoning(String data, String vendor) ->
                    pieces.add(new ChatEvent.SealedReasoning(choice, data, vendor));
                case Part.Citation citation -> pieces.add(new ChatEvent.Cited(choice, citation));
                case Part.Image image -> throw unfit("an image");
                case Part.ImageUrl image -> throw unfit("an image");
                case Part.Audio audio -> throw unfit("audio");
                case Part.File file -> throw unfit("a file");
                case Part.FileUrl file -> throw unfit("a file");
                case Part.CachePoint point -> throw unfit("a cache point");
            }
        }
        for (int i = 0; i < message.toolCalls().size(); i++) {
            ToolCall call = message.toolCalls().get(i);
            pieces.add(new ChatEvent.ToolCallDelta(
                    choice, i, call.id(), call.name(), call.arguments().json()));
        }
    }

    private static IllegalArgumentException unfit(String what) {
        return new IllegalArgumentException("a plugin's answer holds " + what + ", which no stream can carry");
    }
}
