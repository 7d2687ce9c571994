package dev.tierway.adapter.providers.cohere;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a neutral request as a body of {@code POST /v2/chat}. */
final class CohereRequestEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CohereRequestEncoder() {}

    /** @throws IllegalArgumentException for what it has no words for and what can't be left out */
    static byte[] encode(ChatRequest request, String model, boolean stream) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        body.put("stream", stream);
        body.set("messages", CohereMessages.of(request.messages()));
        tools(body, request);
        format(body, request.responseFormat());
        thinking(body, request.reasoning());
        sampling(body, request.sampling());
        if (request.maxOutputTokens() != null) {
            body.put("max_tokens", request.maxOutputTokens());
        }
        request.extra().sentIn(CohereTransportFactory.COHERE).forEach((name, value) -> {
            if (!body.has(name)) {
                body.putRawValue(name, new RawValue(value.json()));
            }
        });
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static void tools(ObjectNode body, ChatRequest request) {
        List<ToolDefinition> offered = offered(request);
        if (!offered.isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            offered.forEach(tool -> tools.add(tool(tool)));
            if (offered.stream().anyMatch(tool -> Boolean.TRUE.equals(tool.strict()))) {
                // It is all of them or none; to enforce a schema more is what was asked for, and more.
                body.put("strict_tools", true);
            }
        }
        switch (request.toolChoice()) {
            case null -> {}
            case ToolChoice.Auto() -> {}
            case ToolChoice.None() -> body.put("tool_choice", "NONE");
            case ToolChoice.Required() -> body.put("tool_choice", "REQUIRED");
            case ToolChoice.Tool tool -> body.put("tool_choice", "REQUIRED");
        }
    }

    /** There is no word for "call that one": it is the only one offered, then. */
    private static List<ToolDefinition> offered(ChatRequest request) {
        return request.toolChoice() instanceof ToolChoice.Tool(String name)
                ? request.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .toList()
                : request.tools();
    }

    private static ObjectNode tool(ToolDefinition tool) {
        ObjectNode json = JSON.createObjectNode().put("type", "function");
        ObjectNode function = json.putObject("function").put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        JsonText parameters = tool.parameters();
        function.putRawValue(
                "parameters",
                new RawValue(parameters == null ? "{\"type\":\"object\",\"properties\":{}}" : parameters.json()));
        return json;
    }

    private static void format(ObjectNode body, @Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText() -> {}
            case ResponseFormat.JsonObject() ->
                body.putObject("response_format").put("type", "json_object");
            case ResponseFormat.JsonSchema schema ->
                body.putObject("response_format")
                        .put("type", "json_object")
                        .putRawValue("json_schema", new RawValue(schema.schema().json()));
        }
    }

    /** A word for how hard to think is a budget here. */
    private static void thinking(ObjectNode body, Reasoning reasoning) {
        Long budget = reasoning.budgetTokens();
        String effort = reasoning.effort();
        if (budget == null && effort == null) {
            return;
        }
        boolean off = budget == null ? "none".equals(effort) : budget == 0;
        ObjectNode thinking = body.putObject("thinking").put("type", off ? "disabled" : "enabled");
        Long most = budget == null ? budgetOf(effort) : budget;
        if (!off && most != null) {
            thinking.put("token_budget", most);
        }
    }

    private static @Nullable Long budgetOf(@Nullable String effort) {
        return switch (effort) {
            case "minimal" -> 512L;
            case "low" -> 1_024L;
            case "medium" -> 4_096L;
            case "high" -> 16_384L;
            case null, default -> null;
        };
    }

    private static void sampling(ObjectNode body, Sampling how) {
        number(body, "temperature", how.temperature());
        number(body, "p", how.topP());
        number(body, "frequency_penalty", how.frequencyPenalty());
        number(body, "presence_penalty", how.presencePenalty());
        if (how.topK() != null) {
            body.put("k", how.topK());
        }
        if (how.seed() != null) {
            body.put("seed", how.seed());
        }
        if (!how.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop_sequences");
            how.stop().forEach(stop::add);
        }
    }

    private static void number(ObjectNode json, String name, @Nullable Double value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
