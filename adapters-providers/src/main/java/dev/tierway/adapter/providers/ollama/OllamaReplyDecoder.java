package dev.tierway.adapter.providers.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.usage.UsageCounts;
import dev.tierway.adapter.providers.usage.UsageDialect;
import dev.tierway.adapter.providers.wire.DecodedEvent;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.ReplyDecoder;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Ollama's replies: a stream's lines are whole replies that hold a piece each. One per attempt. */
final class OllamaReplyDecoder implements ReplyDecoder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String attempt;
    private boolean begun;
    private int toolCalls;

    /** @param attempt what ids of tool calls are made from: older servers have none */
    OllamaReplyDecoder(String attempt) {
        this.attempt = attempt.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    @Override
    public DecodedEvent event(StreamEvent event) throws IOException {
        JsonNode root = JSON.readTree(event.data(), event.offset(), event.length());
        if (root.has("error")) {
            return new DecodedEvent.Failed(VendorError.parse(event.data(), event.offset(), event.length()));
        }
        JsonNode message = message(root);
        List<ChatEvent> pieces = new ArrayList<>();
        if (!begun) {
            begun = true;
            pieces.add(new ChatEvent.Begin(id(), root.path("model").asText(""), created(root)));
        }
        String thinking = message.path("thinking").asText("");
        if (!thinking.isEmpty()) {
            pieces.add(new ChatEvent.ReasoningDelta(0, thinking, null, null));
        }
        String content = message.path("content").asText("");
        if (!content.isEmpty()) {
            pieces.add(new ChatEvent.TextDelta(0, content));
        }
        for (JsonNode call : message.path("tool_calls")) {
            ToolCall whole = toolCall(call);
            pieces.add(new ChatEvent.ToolCallDelta(
                    0,
                    toolCalls - 1,
                    whole.id(),
                    whole.name(),
                    whole.arguments().json()));
        }
        List<TokenLogProb> logProbs = logProbs(root.path("logprobs"));
        if (!logProbs.isEmpty()) {
            pieces.add(new ChatEvent.LogProbs(0, logProbs));
        }
        boolean done = root.path("done").asBoolean();
        if (done) {
            pieces.add(new ChatEvent.Finished(0, finishReason(root)));
            TokenUsage usage = usage(root);
            if (usage != null) {
                pieces.add(new ChatEvent.Usage(usage));
            }
        }
        return new DecodedEvent.Pieces(pieces, done);
    }

    /** A stream is whole with its last line only. */
    @Override
    public boolean finishIsEnd() {
        return false;
    }

    @Override
    public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        if (root == null) {
            throw new IOException("no reply");
        }
        if (root.has("error")) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        JsonNode message = message(root);
        if (!root.path("done").asBoolean()) {
            throw new IOException("a reply that isn't done");
        }
        List<Part> parts = new ArrayList<>();
        String thinking = message.path("thinking").asText("");
        if (!thinking.isEmpty()) {
            parts.add(new Part.Reasoning(thinking, null, null));
        }
        String content = message.path("content").asText("");
        if (!content.isEmpty()) {
            parts.add(new Part.Text(content));
        }
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : message.path("tool_calls")) {
            calls.add(toolCall(call));
        }
        ChatResponse.Choice choice = new ChatResponse.Choice(
                new ChatMessage(Role.ASSISTANT, parts, null, calls, null),
                finishReason(root),
                null,
                logProbs(root.path("logprobs")));
        return new DecodedReply(id(), root.path("model").asText(""), created(root), List.of(choice), usage(root));
    }

    private static JsonNode message(JsonNode root) throws IOException {
        JsonNode message = root.path("message");
        if (!message.isObject()) {
            throw new IOException("a reply without a message");
        }
        return message;
    }

    private String id() {
        return "chat-" + attempt;
    }

    private static long created(JsonNode root) {
        try {
            return Instant.parse(root.path("created_at").asText("")).getEpochSecond();
        } catch (DateTimeParseException unsaid) {
            return 0;
        }
    }

    private ToolCall toolCall(JsonNode call) {
        JsonNode function = call.path("function");
        String id = call.path("id").asText("");
        String known = id.isEmpty() ? "call_" + attempt + "_" + toolCalls : id;
        toolCalls++;
        JsonNode arguments = function.path("arguments");
        JsonText text = arguments.isMissingNode() || arguments.isNull()
                ? JsonText.EMPTY_OBJECT
                : new JsonText(arguments.toString());
        return new ToolCall(known, function.path("name").asText(""), text);
    }

    private FinishReason finishReason(JsonNode root) {
        return switch (root.path("done_reason").asText("stop")) {
            case "stop" -> toolCalls > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            default -> FinishReason.OTHER;
        };
    }

    private static List<TokenLogProb> logProbs(JsonNode list) {
        List<TokenLogProb> all = new ArrayList<>();
        for (JsonNode one : list) {
            all.add(new TokenLogProb(
                    one.path("token").asText(""), one.path("logprob").asDouble(), logProbs(one.path("top_logprobs"))));
        }
        return all;
    }

    static @Nullable TokenUsage usage(JsonNode root) throws IOException {
        UsageCounts counts = new UsageCounts(UsageDialect.OLLAMA);
        try (JsonParser json = JSON.treeAsTokens(root)) {
            json.nextToken();
            counts.read(json);
        }
        return counts.usage();
    }
}
