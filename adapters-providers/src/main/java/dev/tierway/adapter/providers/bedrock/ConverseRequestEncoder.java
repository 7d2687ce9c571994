package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.adapter.providers.wire.ClaudeModel;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.util.Map;

/** Writes a neutral request as a body of Converse and ConverseStream, which are the same. */
final class ConverseRequestEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Converse has no way to say {@code none} where a conversation has used tools, and wants their definitions then. */
    private static final String NO_TOOLS = "Answer now, without calling any tool.";

    private ConverseRequestEncoder() {}

    /** @throws IllegalArgumentException if the request can't be expressed */
    static byte[] encode(ChatRequest request, String modelId) {
        ObjectNode root = JSON.createObjectNode();
        new MessagesEncoder(root).write(request.messages());
        boolean sampled =
                !modelId.contains("claude") || ClaudeModel.named(modelId).takesSampling();
        inference(root, request, sampled);
        tools(root, request);
        output(root, request);
        more(root, request, ModelFamily.of(modelId), sampled);
        request.extra().sentIn(ConverseApi.VENDOR).forEach((name, value) -> extra(root, name, value));
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    private static void inference(ObjectNode root, ChatRequest request, boolean sampled) {
        ObjectNode config = root.objectNode();
        if (request.maxOutputTokens() != null) {
            config.put("maxTokens", request.maxOutputTokens());
        }
        if (sampled && request.sampling().temperature() != null) {
            config.put("temperature", request.sampling().temperature());
        }
        if (sampled && request.sampling().topP() != null) {
            config.put("topP", request.sampling().topP());
        }
        if (!request.sampling().stop().isEmpty()) {
            ArrayNode stops = config.putArray("stopSequences");
            request.sampling().stop().forEach(stops::add);
        }
        if (!config.isEmpty()) {
            root.set("inferenceConfig", config);
        }
    }

    private static void tools(ObjectNode root, ChatRequest request) {
        boolean none = request.toolChoice() instanceof ToolChoice.None;
        boolean used = request.messages().stream().anyMatch(ConverseRequestEncoder::usesTools);
        if (request.tools().isEmpty() || (none && !used)) {
            return;
        }
        ObjectNode config = root.putObject("toolConfig");
        ArrayNode tools = config.putArray("tools");
        for (ToolDefinition tool : request.tools()) {
            tool(tools.addObject().putObject("toolSpec"), tool);
        }
        if (request.toolsCached() != null) {
            ContentEncoder.cachePoint(tools, request.toolsCached());
        }
        switch (request.toolChoice()) {
            case null -> {}
            case ToolChoice.None() -> root.withArray("system").addObject().put("text", NO_TOOLS);
            case ToolChoice.Auto() -> config.putObject("toolChoice").putObject("auto");
            case ToolChoice.Required() -> config.putObject("toolChoice").putObject("any");
            case ToolChoice.Tool(String name) ->
                config.putObject("toolChoice").putObject("tool").put("name", name);
        }
    }

    private static boolean usesTools(ChatMessage message) {
        return !message.toolCalls().isEmpty() || message.toolCallId() != null;
    }

    private static void tool(ObjectNode spec, ToolDefinition tool) {
        spec.put("name", tool.name());
        if (tool.description() != null && !tool.description().isBlank()) {
            spec.put("description", tool.description());
        }
        ObjectNode schema = spec.putObject("inputSchema");
        if (tool.parameters() == null) {
            schema.putObject("json").put("type", "object").putObject("properties");
        } else {
            schema.putRawValue("json", new RawValue(tool.parameters().json()));
        }
        if (tool.strict() != null) {
            spec.put("strict", tool.strict());
        }
    }

    private static void output(ObjectNode root, ChatRequest request) {
        if (request.responseFormat() instanceof ResponseFormat.JsonSchema(String name, JsonText schema, var strict)) {
            ObjectNode format = root.withObject("/outputConfig").putObject("textFormat");
            format.put("type", "json_schema");
            // The schema is a text that holds JSON, not an object.
            format.putObject("structure")
                    .putObject("jsonSchema")
                    .put("name", name)
                    .put("schema", schema.json());
        }
        String effort = request.reasoning().effort();
        if (effort != null && !effort.equals("none")) {
            root.withObject("/outputConfig").put("effort", effort.equals("minimal") ? "low" : effort);
        }
    }

    private static void more(ObjectNode root, ChatRequest request, ModelFamily family, boolean sampled) {
        ObjectNode fields = root.objectNode();
        if (sampled && request.sampling().topK() != null) {
            family.topK(fields, request.sampling().topK());
        }
        if (request.reasoning().budgetTokens() != null) {
            family.reasoningBudget(fields, request.reasoning().budgetTokens());
        }
        if (!fields.isEmpty()) {
            root.set("additionalModelRequestFields", fields);
        }
        if (!request.metadata().isEmpty()) {
            ObjectNode labels = root.putObject("requestMetadata");
            request.metadata().forEach(labels::put);
        }
        String tier = request.serviceTier();
        if (tier != null && !tier.equals("auto")) {
            root.putObject("serviceTier").put("type", tier);
        }
    }

    /** The caller's own words win, member by member. */
    private static void extra(ObjectNode root, String name, JsonText value) {
        try {
            JsonNode said = JSON.readTree(value.json());
            if (said instanceof ObjectNode more && root.get(name) instanceof ObjectNode ours) {
                for (Map.Entry<String, JsonNode> member : more.properties()) {
                    ours.set(member.getKey(), member.getValue());
                }
            } else {
                root.set(name, said);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the parameter '" + name + "' is not JSON", e);
        }
    }
}
