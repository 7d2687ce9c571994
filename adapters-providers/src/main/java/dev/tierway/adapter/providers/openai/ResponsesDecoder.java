package dev.tierway.adapter.providers.openai;

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
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Understands replies of OpenAI's responses as far as a call's account needs: what the caller gets are the bytes
 * themselves. One per attempt.
 */
final class ResponsesDecoder implements ReplyDecoder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public DecodedEvent event(StreamEvent event) throws IOException {
        if (event.length() == 0 || event.isDone()) {
            return DecodedEvent.NOTHING;
        }
        JsonNode root = JSON.readTree(event.data(), event.offset(), event.length());
        if (!root.isObject()) {
            throw new IOException("an event that is no object");
        }
        String type = root.path("type").asText("");
        return switch (type) {
            case "response.output_text.delta" -> piece(new ChatEvent.TextDelta(0, delta(root)));
            case "response.refusal.delta" -> piece(new ChatEvent.RefusalDelta(0, delta(root)));
            case "response.reasoning_text.delta", "response.reasoning_summary_text.delta" ->
                piece(new ChatEvent.ReasoningDelta(0, delta(root), null, null));
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
                piece(new ChatEvent.ToolCallDelta(0, root.path("output_index").asInt(), null, null, delta(root)));
            case "response.output_item.added" -> added(root);
            case "response.completed", "response.incomplete" -> last(root.path("response"));
            case "response.failed", "error" -> new DecodedEvent.Failed(error(event, root));
            default -> DecodedEvent.NOTHING;
        };
    }

    private static DecodedEvent piece(ChatEvent event) {
        return new DecodedEvent.Pieces(List.of(event), false);
    }

    private static String delta(JsonNode root) {
        return root.path("delta").asText("");
    }

    /** Calls of tools, the vendor's own included, give the caller something; messages and reasoning only begin. */
    private static DecodedEvent added(JsonNode root) {
        JsonNode item = root.path("item");
        String type = item.path("type").asText("");
        return type.isEmpty() || type.equals("message") || type.equals("reasoning")
                ? DecodedEvent.NOTHING
                : piece(new ChatEvent.ToolCallDelta(
                        0,
                        root.path("output_index").asInt(),
                        item.path("id").asText(""),
                        item.path("name").asText(type),
                        ""));
    }

    private static DecodedEvent last(JsonNode response) throws IOException {
        List<ChatEvent> events = new ArrayList<>();
        events.add(new ChatEvent.Finished(0, finish(response)));
        TokenUsage usage = usage(response);
        if (usage != null) {
            events.add(new ChatEvent.Usage(usage));
        }
        return new DecodedEvent.Pieces(events, true);
    }

    private static VendorError error(StreamEvent event, JsonNode root) {
        JsonNode error = root.path("response").path("error");
        if (error.isObject()) {
            byte[] json = error.toString().getBytes(StandardCharsets.UTF_8);
            return VendorError.parse(json, 0, json.length);
        }
        return VendorError.parse(event.data(), event.offset(), event.length());
    }

    @Override
    public boolean finishIsEnd() {
        return false;
    }

    @Override
    public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        JsonNode error = root.path("error");
        if (error.isObject()) {
            byte[] json = error.toString().getBytes(StandardCharsets.UTF_8);
            throw new VendorErrorException(VendorError.parse(json, 0, json.length));
        }
        if (!root.path("output").isArray()) {
            throw new IOException("a response without output");
        }
        List<Part> parts = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode item : root.path("output")) {
            item(item, parts, calls);
        }
        ChatMessage message = new ChatMessage(Role.ASSISTANT, parts, null, calls, null);
        return new DecodedReply(
                root.path("id").asText(""),
                root.path("model").asText(""),
                root.path("created_at").asLong(),
                List.of(new ChatResponse.Choice(message, finish(root))),
                usage(root));
    }

    private static void item(JsonNode item, List<Part> parts, List<ToolCall> calls) {
        switch (item.path("type").asText("")) {
            case "message" -> {
                for (JsonNode part : item.path("content")) {
                    parts.add(
                            part.path("type").asText("").equals("refusal")
                                    ? new Part.Refusal(part.path("refusal").asText(""))
                                    : new Part.Text(part.path("text").asText("")));
                }
            }
            case "reasoning" -> {
                for (JsonNode part : item.path("summary")) {
                    parts.add(new Part.Reasoning(part.path("text").asText(""), null, null));
                }
            }
            case "function_call" ->
                calls.add(new ToolCall(
                        item.path("call_id").asText(""),
                        item.path("name").asText(""),
                        new JsonText(item.path("arguments").asText("{}"))));
            default -> {
                // Calls of the vendor's own tools: the caller sees them in the bytes.
            }
        }
    }

    private static FinishReason finish(JsonNode response) {
        return switch (response.path("incomplete_details").path("reason").asText("")) {
            case "" -> FinishReason.STOP;
            case "max_output_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }

    private static @Nullable TokenUsage usage(JsonNode response) throws IOException {
        JsonNode usage = response.path("usage");
        if (!usage.isObject()) {
            return null;
        }
        UsageCounts counts = new UsageCounts(UsageDialect.RESPONSES);
        try (JsonParser json = JSON.treeAsTokens(usage)) {
            json.nextToken();
            counts.read(json);
        }
        return counts.usage();
    }
}
