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

/** Writes a streamed reply in neutral types as OpenAI chunks, one server-sent event each. */
public final class ChunkEncoder implements EventEncoder {
    private final Map<Integer, StreamedChoice> choices = new HashMap<>(2);
    private String id;
    private String model;
    private long createdEpochSeconds;

    /** The names to use until, or unless, the vendor gives its own. */
    public ChunkEncoder(String id, String model, long createdEpochSeconds) {
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
                Map<String, Object> delta = new LinkedHashMap<>();
                delta.put("role", "assistant");
                delta.put("content", "");
                yield chunk(0, delta, null);
            }
            case ChatEvent.TextDelta text -> {
                of(text.choice()).text(text.text());
                yield chunk(text.choice(), Map.of("content", text.text()), null);
            }
            case ChatEvent.RefusalDelta text -> chunk(text.choice(), Map.of("refusal", text.text()), null);
            case ChatEvent.ReasoningDelta reasoning ->
                chunk(reasoning.choice(), of(reasoning.choice()).reasoning(reasoning), null);
            case ChatEvent.SealedReasoning sealed ->
                chunk(sealed.choice(), of(sealed.choice()).sealed(sealed), null);
            case ChatEvent.Cited cited ->
                chunk(
                        cited.choice(),
                        Map.of("annotations", List.of(of(cited.choice()).annotation(cited.citation()))),
                        null);
            case ChatEvent.LogProbs logProbs -> logProbs(logProbs);
            case ChatEvent.ToolCallDelta call ->
                chunk(call.choice(), Map.of("tool_calls", List.of(toolCall(call))), null);
            case ChatEvent.Finished finished ->
                chunk(finished.choice(), Map.of(), OpenAiReplyEncoder.finishReason(finished.reason()));
            case ChatEvent.Usage usage -> tail(usage.usage());
        };
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

    private byte[] logProbs(ChatEvent.LogProbs event) {
        Map<String, Object> choice = choice(event.choice(), Map.of(), null);
        choice.put("logprobs", LogProbsJson.of(event.tokens()));
        return chunk(choice);
    }

    private byte[] chunk(int index, Map<String, Object> delta, @Nullable String finishReason) {
        return chunk(choice(index, delta, finishReason));
    }

    private static Map<String, Object> choice(int index, Map<String, Object> delta, @Nullable String finishReason) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", index);
        choice.put("delta", delta);
        choice.put("finish_reason", finishReason);
        return choice;
    }

    private byte[] chunk(Map<String, Object> choice) {
        Map<String, Object> json = head();
        json.put("choices", List.of(choice));
        return ServerSentEvents.data(Json.bytes(json));
    }

    private Map<String, Object> head() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("object", "chat.completion.chunk");
        json.put("created", createdEpochSeconds);
        json.put("model", model);
        return json;
    }

    private StreamedChoice of(int choice) {
        return choices.computeIfAbsent(choice, unseen -> new StreamedChoice());
    }

    private static Map<String, Object> toolCall(ChatEvent.ToolCallDelta call) {
        Map<String, Object> function = new LinkedHashMap<>();
        if (call.name() != null) {
            function.put("name", call.name());
        }
        function.put("arguments", call.arguments());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("index", call.index());
        if (call.id() != null) {
            json.put("id", call.id());
            json.put("type", "function");
        }
        json.put("function", function);
        return json;
    }
}
