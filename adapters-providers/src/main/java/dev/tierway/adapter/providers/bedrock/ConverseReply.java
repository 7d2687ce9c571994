package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.usage.UsageCounts;
import dev.tierway.adapter.providers.usage.UsageDialect;
import dev.tierway.adapter.providers.wire.DecodedReply;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a whole reply of Converse. */
final class ConverseReply {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<Part> parts = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();

    private ConverseReply() {}

    /**
     * @param names what Converse doesn't tell
     * @throws VendorErrorException if it is an error under HTTP 200
     * @throws IOException if it is neither
     */
    static DecodedReply read(byte[] body, ReplyNames names) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        JsonNode message = root.path("output").path("message");
        if (!message.isObject()) {
            if (root.isObject() && (root.has("message") || root.has("Message") || root.has("error"))) {
                throw new VendorErrorException(VendorError.parse(body, 0, body.length));
            }
            throw new IOException("a reply without output");
        }
        ConverseReply reply = new ConverseReply();
        for (JsonNode block : message.path("content")) {
            reply.block(block);
        }
        ChatMessage answer = new ChatMessage(Role.ASSISTANT, reply.parts, null, reply.calls, null);
        return new DecodedReply(
                names.id(),
                names.model(),
                names.epochSeconds(),
                List.of(new ChatResponse.Choice(
                        answer, StopReasons.of(root.path("stopReason").asText("")))),
                usage(root.path("usage")));
    }

    /** Null if it is missing, or can't be true. */
    static @Nullable TokenUsage usage(JsonNode usage) throws IOException {
        if (!usage.isObject()) {
            return null;
        }
        UsageCounts counts = new UsageCounts(UsageDialect.BEDROCK);
        try (JsonParser json = usage.traverse()) {
            json.nextToken();
            counts.read(json);
        }
        return counts.usage();
    }

    private void block(JsonNode block) throws IOException {
        if (block.path("text").isTextual()) {
            parts.add(new Part.Text(block.path("text").textValue()));
        } else if (block.path("toolUse").isObject()) {
            JsonNode use = block.path("toolUse");
            String name = use.path("name").asText("");
            if (name.isEmpty()) {
                throw new IOException("a tool call without a name");
            }
            String id = use.path("toolUseId").asText("");
            JsonNode input = use.path("input");
            calls.add(new ToolCall(
                    id.isEmpty() ? "call_" + calls.size() : id,
                    name,
                    input.isMissingNode() ? JsonText.EMPTY_OBJECT : new JsonText(input.toString())));
        } else if (block.path("reasoningContent").isObject()) {
            reasoning(block.path("reasoningContent"));
        } else if (block.path("citationsContent").isObject()) {
            for (JsonNode said : block.path("citationsContent").path("content")) {
                parts.add(new Part.Text(said.path("text").asText("")));
            }
            for (JsonNode citation : block.path("citationsContent").path("citations")) {
                parts.add(Citations.of(citation));
            }
        }
        // Blocks of kinds that came later than this say nothing to us.
    }

    private void reasoning(JsonNode content) {
        JsonNode said = content.path("reasoningText");
        if (said.isObject()) {
            String signature = said.path("signature").asText("");
            parts.add(new Part.Reasoning(
                    said.path("text").asText(""),
                    signature.isEmpty() ? null : signature,
                    signature.isEmpty() ? null : ConverseApi.VENDOR));
        } else if (content.path("redactedContent").isTextual()) {
            parts.add(new Part.SealedReasoning(content.path("redactedContent").textValue(), ConverseApi.VENDOR));
        }
    }
}
