package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.wire.ServerSentEvents;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.domain.money.TokenUsage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a streamed reply in neutral types as chunks of a legacy completion. It has a place for text only. */
final class TextChunkEncoder implements EventEncoder {
    private final Map<Integer, Integer> lengths = new HashMap<>(2);
    private String id;
    private String model;
    private long createdEpochSeconds;

    TextChunkEncoder(String id, String model, long createdEpochSeconds) {
        this.id = id;
        this.model = model;
        this.createdEpochSeconds = createdEpochSeconds;
    }

    @Override
    public byte[] encode(ChatEvent event) {
        return switch (event) {
            case ChatEvent.Begin begin -> {
                id = begin.id();
                model = begin.model();
                createdEpochSeconds = begin.createdEpochSeconds();
                yield chunk(TextCompletionEncoder.choice(0, "", null, List.of(), 0));
            }
            case ChatEvent.TextDelta text -> {
                lengths.merge(text.choice(), text.text().length(), Integer::sum);
                yield chunk(TextCompletionEncoder.choice(text.choice(), text.text(), null, List.of(), 0));
            }
            case ChatEvent.LogProbs told -> {
                int after = lengths.getOrDefault(told.choice(), 0);
                int length = told.tokens().stream()
                        .mapToInt(token -> token.token().length())
                        .sum();
                yield chunk(TextCompletionEncoder.choice(
                        told.choice(), "", null, told.tokens(), Math.max(0, after - length)));
            }
            case ChatEvent.Finished finished ->
                chunk(TextCompletionEncoder.choice(
                        finished.choice(), "", OpenAiReplyEncoder.finishReason(finished.reason()), List.of(), 0));
            case ChatEvent.Usage usage -> tail(usage.usage());
            case ChatEvent.RefusalDelta refusal -> empty(refusal.choice());
            case ChatEvent.ReasoningDelta reasoning -> empty(reasoning.choice());
            case ChatEvent.SealedReasoning sealed -> empty(sealed.choice());
            case ChatEvent.Cited cited -> empty(cited.choice());
            case ChatEvent.ToolCallDelta call -> empty(call.choice());
        };
    }

    private byte[] empty(int choice) {
        return chunk(TextCompletionEncoder.choice(choice, "", null, List.of(), 0));
    }

    @Override
    public byte[] tail(@Nullable TokenUsage usage) {
        Map<String, Object> json = head();
        json.put("choices", List.of());
        if (usage != null) {
            json.put("usage", OpenAiReplyEncoder.usage(usage));
        }
        return ServerSentEvents.data(Json.bytes(json));
    }

    private byte[] chunk(Map<String, Object> choice) {
        Map<String, Object> json = head();
        json.put("choices", List.of(choice));
        return ServerSentEvents.data(Json.bytes(json));
    }

    private Map<String, Object> head() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("object", "text_completion");
        json.put("created", createdEpochSeconds);
        json.put("model", model);
        return json;
    }
}
