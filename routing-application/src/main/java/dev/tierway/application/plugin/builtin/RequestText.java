package dev.tierway.application.plugin.builtin;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.NeutralRequest;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rewrites the texts of requests and answers; whatever is no text stays as it is, signed reasoning too. */
final class RequestText {
    private final UnaryOperator<String> rewrite;

    RequestText(UnaryOperator<String> rewrite) {
        this.rewrite = rewrite;
    }

    NeutralRequest of(NeutralRequest request) {
        return switch (request) {
            case ChatRequest chat -> of(chat);
            case EmbeddingRequest embeddings ->
                new EmbeddingRequest(
                        embeddings.inputs().stream().map(rewrite).toList(),
                        embeddings.dimensions(),
                        embeddings.inputType(),
                        maybe(embeddings.user()),
                        embeddings.extra());
        };
    }

    private ChatRequest of(ChatRequest chat) {
        Map<String, String> metadata = new LinkedHashMap<>();
        chat.metadata().forEach((name, value) -> metadata.put(name, rewrite.apply(value)));
        return new ChatRequest(
                chat.messages().stream().map(this::of).toList(),
                chat.tools(),
                chat.toolChoice(),
                chat.parallelToolCalls(),
                chat.responseFormat(),
                chat.sampling(),
                chat.maxOutputTokens(),
                chat.choices(),
                chat.reasoning(),
                maybe(chat.user()),
                chat.topLogProbs(),
                metadata,
                chat.serviceTier(),
                chat.toolsCached(),
                chat.extra());
    }

    ChatResponse of(ChatResponse answer) {
        List<ChatResponse.Choice> choices = new ArrayList<>();
        for (ChatResponse.Choice choice : answer.choices()) {
            choices.add(new ChatResponse.Choice(
                    of(choice.message()), choice.finishReason(), choice.stopSequence(), choice.logProbs()));
        }
        return new ChatResponse(answer.id(), answer.model(), answer.createdEpochSeconds(), choices, answer.usage());
    }

    private ChatMessage of(ChatMessage message) {
        List<ToolCall> calls = new ArrayList<>(message.toolCalls().size());
        for (ToolCall call : message.toolCalls()) {
            calls.add(new ToolCall(
                    call.id(),
                    call.name(),
                    new JsonText(JsonStrings.rewrite(call.arguments().json(), rewrite))));
        }
        return new ChatMessage(
                message.role(),
                message.parts().stream().map(this::of).toList(),
                maybe(message.name()),
                calls,
                message.toolCallId(),
                message.failed());
    }

    private Part of(Part part) {
        return switch (part) {
            case Part.Text(String text) -> new Part.Text(rewrite.apply(text));
            case Part.Refusal(String text) -> new Part.Refusal(rewrite.apply(text));
            case Part.Reasoning(String text, String signature, String vendor)
            when signature == null -> new Part.Reasoning(rewrite.apply(text), null, vendor);
            case Part.Reasoning signed -> signed;
            case Part.Citation(String url, String title, String quote, Integer start, Integer end) ->
                new Part.Citation(url, maybe(title), maybe(quote), start, end);
            case Part.SealedReasoning sealed -> sealed;
            case Part.Image image -> image;
            case Part.ImageUrl image -> image;
            case Part.Audio audio -> audio;
            case Part.File file -> file;
            case Part.FileUrl file -> file;
            case Part.CachePoint point -> point;
        };
    }

    private @Nullable String maybe(@Nullable String text) {
        return text == null ? null : rewrite.apply(text);
    }
}
