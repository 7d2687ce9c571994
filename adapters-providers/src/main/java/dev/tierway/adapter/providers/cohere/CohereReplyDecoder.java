package dev.tierway.adapter.providers.cohere;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.ReplyDecoder;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads Cohere's replies. One per attempt. */
final class CohereReplyDecoder implements ReplyDecoder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String model;
    private final long nowEpochSeconds;
    /** Cohere counts calls and texts together on some models: what it calls a call, to what we do. */
    private final Map<Integer, Integer> callIndexes = new LinkedHashMap<>();

    /**
     * @param model as it was asked: replies don't name it
     * @param nowEpochSeconds likewise
     */
    CohereReplyDecoder(String model, long nowEpochSeconds) {
        this.model = model;
        this.nowEpochSeconds = nowEpochSeconds;
    }

    @Override
    public DecodedEvent event(StreamEvent event) throws IOException {
        if (event.isDone()) {
            return DecodedEvent.NOTHING;
        }
        JsonNode root = JSON.readTree(event.data(), event.offset(), event.length());
        if (!root.isObject()) {
            throw new IOException("an event that isn't an object");
        }
        JsonNode message = root.path("delta").path("message");
        return switch (root.path("type").asText("")) {
            case "message-start" -> one(new ChatEvent.Begin(root.path("id").asText(""), model, nowEpochSeconds));
            case "content-start", "content-delta" -> content(message.path("content"));
            case "tool-plan-delta" -> reasoning(message.path("tool_plan").asText(""));
            case "tool-call-start" -> callStart(root.path("index").asInt(0), message.path("tool_calls"));
            case "tool-call-delta" -> callDelta(root.path("index").asInt(0), message.path("tool_calls"));
            case "citation-start" -> citation(message.path("citations"));
            case "message-end" -> end(root.path("delta"));
            case "" -> new DecodedEvent.Failed(VendorError.parse(event.data(), event.offset(), event.length()));
            default -> DecodedEvent.NOTHING;
        };
    }

    private static DecodedEvent one(ChatEvent piece) {
        return new DecodedEvent.Pieces(List.of(piece), false);
    }

    private static DecodedEvent content(JsonNode content) {
        String thinking = content.path("thinking").asText("");
        if (!thinking.isEmpty()) {
            return reasoning(thinking);
        }
        String text = content.path("text").asText("");
        return text.isEmpty() ? DecodedEvent.NOTHING : one(new ChatEvent.TextDelta(0, text));
    }

    private static DecodedEvent reasoning(String text) {
        return text.isEmpty() ? DecodedEvent.NOTHING : one(new ChatEvent.ReasoningDelta(0, text, null, null));
    }

    private DecodedEvent callStart(int theirs, JsonNode call) {
        int index = callIndexes.size();
        callIndexes.put(theirs, index);
        JsonNode function = call.path("function");
        return one(new ChatEvent.ToolCallDelta(
                0,
                index,
                call.path("id").asText(""),
                function.path("name").asText(""),
                function.path("arguments").asText("")));
    }

    private DecodedEvent callDelta(int theirs, JsonNode call) throws IOException {
        Integer index = callIndexes.get(theirs);
        if (index == null) {
            throw new IOException("arguments of a call that never began");
        }
        String arguments = call.path("function").path("arguments").asText("");
        return arguments.isEmpty()
                ? DecodedEvent.NOTHING
                : one(new ChatEvent.ToolCallDelta(0, index, null, null, arguments));
    }

    private static DecodedEvent citation(JsonNode citation) {
        Part.Citation cited = CohereMembers.citation(citation);
        return cited == null ? DecodedEvent.NOTHING : one(new ChatEvent.Cited(0, cited));
    }

    private DecodedEvent end(JsonNode delta) throws IOException {
        String reason = delta.path("finish_reason").asText("");
        if (CohereMembers.isFailure(reason)) {
            return new DecodedEvent.Failed(CohereMembers.failure(reason, delta.path("error")));
        }
        List<ChatEvent> pieces = new ArrayList<>();
        pieces.add(new ChatEvent.Finished(0, CohereMembers.finishReason(reason)));
        TokenUsage usage = CohereMembers.usage(delta.path("usage"));
        if (usage != null) {
            pieces.add(new ChatEvent.Usage(usage));
        }
        return new DecodedEvent.Pieces(pieces, true);
    }

    /** A stream is whole with its last event only. */
    @Override
    public boolean finishIsEnd() {
        return false;
    }

    @Override
    public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        JsonNode message = root == null ? JSON.missingNode() : root.path("message");
        if (root != null && (message.isTextual() || root.has("error"))) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        if (root == null || !message.isObject()) {
            throw new IOException("a reply without a message");
        }
        String reason = root.path("finish_reason").asText("");
        if (CohereMembers.isFailure(reason)) {
            throw new VendorErrorException(CohereMembers.failure(reason, root.path("error")));
        }
        ChatResponse.Choice choice = new ChatResponse.Choice(
                new ChatMessage(Role.ASSISTANT, parts(message), null, calls(message.path("tool_calls")), null),
                CohereMembers.finishReason(reason));
        return new DecodedReply(
                root.path("id").asText(""),
                model,
                nowEpochSeconds,
                List.of(choice),
                CohereMembers.usage(root.path("usage")));
    }

    private static List<Part> parts(JsonNode message) {
        List<Part> parts = new ArrayList<>();
        String plan = message.path("tool_plan").asText("");
        if (!plan.isEmpty()) {
            parts.add(new Part.Reasoning(plan, null, null));
        }
        for (JsonNode item : message.path("content")) {
            String thinking = item.path("thinking").asText("");
            String text = item.path("text").asText("");
            if (!thinking.isEmpty()) {
                parts.add(new Part.Reasoning(thinking, null, null));
            } else if (!text.isEmpty()) {
                parts.add(new Part.Text(text));
            }
        }
        for (JsonNode citation : message.path("citations")) {
            Part.Citation cited = CohereMembers.citation(citation);
            if (cited != null) {
                parts.add(cited);
            }
        }
        return parts;
    }

    private static List<ToolCall> calls(JsonNode list) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : list) {
            JsonNode function = call.path("function");
            calls.add(new ToolCall(
                    call.path("id").asText(""),
                    function.path("name").asText(""),
                    CohereMembers.arguments(function.path("arguments"))));
        }
        return calls;
    }
}
