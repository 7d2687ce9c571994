package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream's chunks into neutral events. One per stream. */
final class ChunkDecoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ToolCallTracker tools = new ToolCallTracker();
    private boolean begun;

    /**
     * The events of one chunk, which has been scanned before.
     *
     * @param usage what the chunk soundly reports; null if nothing
     */
    List<ChatEvent> decode(byte[] data, int offset, int length, @Nullable TokenUsage usage) throws IOException {
        JsonNode root = JSON.readTree(data, offset, length);
        List<ChatEvent> events = new ArrayList<>();
        if (!begun) {
            begun = true;
            events.add(new ChatEvent.Begin(
                    root.path("id").asText(""),
                    root.path("model").asText(""),
                    root.path("created").asLong()));
        }
        for (JsonNode choice : root.path("choices")) {
            choice(choice, events);
        }
        if (usage != null) {
            events.add(new ChatEvent.Usage(usage));
        }
        return events;
    }

    private void choice(JsonNode choice, List<ChatEvent> events) {
        int index = choice.path("index").asInt(0);
        JsonNode delta = choice.path("delta");
        String reasoning = text(delta, "reasoning_content");
        reasoning = reasoning.isEmpty() ? text(delta, "reasoning") : reasoning;
        if (!reasoning.isEmpty()) {
            events.add(new ChatEvent.ReasoningDelta(index, reasoning, null, null));
        }
        String content = ChatResponseDecoder.content(delta.path("content"));
        if (!content.isEmpty()) {
            events.add(new ChatEvent.TextDelta(index, content));
        }
        Citations.add(delta.path("annotations"), citation -> events.add(new ChatEvent.Cited(index, citation)));
        List<TokenLogProb> logProbs = LogProbs.of(choice.path("logprobs"));
        if (!logProbs.isEmpty()) {
            events.add(new ChatEvent.LogProbs(index, logProbs));
        }
        String refusal = text(delta, "refusal");
        if (!refusal.isEmpty()) {
            events.add(new ChatEvent.RefusalDelta(index, refusal));
        }
        for (JsonNode piece : delta.path("tool_calls")) {
            tools.add(index, piece, events);
        }
        String finish = text(choice, "finish_reason");
        if (!finish.isEmpty()) {
            tools.finish(index, events);
            events.add(new ChatEvent.Finished(index, FinishReasons.of(finish)));
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }
}
