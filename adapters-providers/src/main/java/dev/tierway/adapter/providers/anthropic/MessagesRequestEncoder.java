package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.adapter.providers.wire.ClaudeModel;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import org.jspecify.annotations.Nullable;

/** Writes a request in neutral types as a body of the Messages API. */
final class MessagesRequestEncoder {
    /** Where neither the caller nor the catalogue caps the answer, the API wants a number all the same. */
    static final long DEFAULT_MAX_TOKENS = 8192;

    /** The API's temperatures end at 1; OpenAI's at 2. */
    private static final double HOTTEST = 1.0;

    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessagesRequestEncoder() {}

    /**
     * @param modelCap most tokens the model writes; null if unknown
     * @throws IllegalArgumentException if the API can't be told something that matters
     */
    static byte[] encode(ChatRequest request, String upstreamModel, @Nullable Integer modelCap, boolean stream) {
        ObjectNode body = JSON.createObjectNode().put("model", upstreamModel);
        long maxTokens = maxTokens(request.maxOutputTokens(), modelCap);
        body.put("max_tokens", maxTokens);
        Turns.write(body, request.messages());
        tools(body, request);
        format(body, request.responseFormat());
        ClaudeModel model = ClaudeModel.named(upstreamModel);
        Thinking.write(body, request.reasoning(), model, maxTokens);
        sampling(body, request.sampling(), model.takesSampling());
        if (request.user() != null) {
            body.putObject("metadata").put("user_id", request.user());
        }
        if (request.serviceTier() != null) {
            body.put("service_tier", serviceTier(request.serviceTier()));
        }
        request.extra()
                .sentIn(AnthropicApi.VENDOR)
                .forEach((name, value) -> body.putRawValue(name, new RawValue(value.json())));
        if (stream) {
            body.put("stream", true);
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    private static long maxTokens(@Nullable Long asked, @Nullable Integer modelCap) {
        if (asked != null) {
            return modelCap == null ? asked : Math.min(asked, modelCap);
        }
        return modelCap == null ? DEFAULT_MAX_TOKENS : modelCap;
    }

    private static void tools(ObjectNode body, ChatRequest request) {
        if (request.tools().isEmpty()) {
            return; // a choice without tools is refused
        }
        ArrayNode tools = body.putArray("tools");
        for (ToolDefinition tool : request.tools()) {
            ObjectNode one = tools.addObject().put("name", tool.name());
            if (tool.description() != null) {
                one.put("description", tool.description());
            }
            one.putRawValue(
                    "input_schema",
                    new RawValue(
                            tool.parameters() == null
                                    ? NO_PARAMETERS
                                    : tool.parameters().json()));
            if (tool.strict() != null) {
                one.put("strict", tool.strict());
            }
        }
        if (request.toolsCached() != null && tools.get(tools.size() - 1) instanceof ObjectNode last) {
            BlockEncoder.cached(last, request.toolsCached());
        }
        choice(body, request.toolChoice(), request.parallelToolCalls());
    }

    private static void choice(ObjectNode body, @Nullable ToolChoice choice, @Nullable Boolean parallel) {
        ObjectNode written = switch (choice) {
            case null -> parallel == null ? null : choice(body, "auto");
            case ToolChoice.Auto() -> choice(body, "auto");
            case ToolChoice.Required() -> choice(body, "any");
            case ToolChoice.Tool(String name) -> choice(body, "tool").put("name", name);
            case ToolChoice.None() -> choice(body, "none");
        };
        if (written != null && parallel != null && !(choice instanceof ToolChoice.None)) {
            written.put("disable_parallel_tool_use", !parallel);
        }
    }

    private static ObjectNode choice(ObjectNode body, String type) {
        return body.putObject("tool_choice").put("type", type);
    }

    /** The API knows answers that fit a schema, but not answers that are just any JSON. */
    private static void format(ObjectNode body, @Nullable ResponseFormat format) {
        if (format instanceof ResponseFormat.JsonSchema schema) {
            body.putObject("output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .putRawValue("schema", new RawValue(schema.schema().json()));
        }
    }

    private static void sampling(ObjectNode body, Sampling how, boolean taken) {
        if (taken && how.temperature() != null) {
            body.put("temperature", Math.min(HOTTEST, how.temperature()));
        }
        if (taken && how.topP() != null) {
            body.put("top_p", how.topP());
        }
        if (taken && how.topK() != null) {
            body.put("top_k", how.topK());
        }
        if (!how.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop_sequences");
            how.stop().forEach(stop::add);
        }
    }

    /** OpenAI's words for tiers become the nearest of the API's; others go as they are. */
    private static String serviceTier(String tier) {
        return switch (tier) {
            case "priority" -> "auto";
            case "default", "flex", "standard" -> "standard_only";
            default -> tier;
        };
    }
}
