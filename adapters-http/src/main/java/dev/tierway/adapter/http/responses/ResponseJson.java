package dev.tierway.adapter.http.responses;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import dev.tierway.domain.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response object, which tells back what was asked. */
final class ResponseJson {
    private final ChatRequest asked;

    ResponseJson(ChatRequest asked) {
        this.asked = asked;
    }

    Map<String, Object> whole(ChatResponse response) {
        ChatResponse.Choice choice = response.choices().getFirst();
        String id = "resp_" + response.id();
        List<Object> output = OutputItems.of(choice, id);
        return object(
                id,
                response.model(),
                response.createdEpochSeconds(),
                status(choice.finishReason()),
                incomplete(choice.finishReason()),
                output,
                response.usage());
    }

    static String status(FinishReason reason) {
        return incomplete(reason) == null ? "completed" : "incomplete";
    }

    static @Nullable String incomplete(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            case STOP, TOOL_CALLS, OTHER -> null;
        };
    }

    /**
     * @param incomplete why it isn't whole; null if it is, or isn't over
     * @param usage null as long as it isn't known
     */
    Map<String, Object> object(
            String id,
            String model,
            long createdEpochSeconds,
            String status,
            @Nullable String incomplete,
            List<Object> output,
            @Nullable TokenUsage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("object", "response");
        json.put("created_at", createdEpochSeconds);
        json.put("status", status);
        json.put("background", false);
        json.put("error", null);
        json.put("incomplete_details", incomplete == null ? null : Map.of("reason", incomplete));
        json.put("instructions", null);
        json.put("max_output_tokens", asked.maxOutputTokens());
        json.put("model", model);
        json.put("output", output);
        json.put("parallel_tool_calls", !Boolean.FALSE.equals(asked.parallelToolCalls()));
        json.put("previous_response_id", null);
        json.put("reasoning", reasoning());
        json.put("service_tier", asked.serviceTier());
        json.put("store", false);
        json.put("temperature", asked.sampling().temperature());
        json.put("text", Map.of("format", format()));
        json.put("tool_choice", toolChoice());
        json.put("tools", asked.tools().stream().map(ResponseJson::tool).toList());
        json.put("top_p", asked.sampling().topP());
        json.put("truncation", "disabled");
        json.put("usage", usage == null ? null : usage(usage));
        json.put("user", asked.user());
        json.put("metadata", asked.metadata());
        return json;
    }

    private Map<String, Object> reasoning() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("effort", asked.reasoning().effort());
        json.put("summary", null);
        return json;
    }

    private Map<String, Object> format() {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (asked.responseFormat()) {
            case null -> json.put("type", "text");
            case ResponseFormat.PlainText plain -> json.put("type", "text");
            case ResponseFormat.JsonObject object -> json.put("type", "json_object");
            case ResponseFormat.JsonSchema schema -> {
                json.put("type", "json_schema");
                json.put("name", schema.name());
                json.put("schema", tree(schema.schema()));
                json.put("strict", schema.strict());
            }
        }
        return json;
    }

    private Object toolChoice() {
        return switch (asked.toolChoice()) {
            case null -> "auto";
            case ToolChoice.Auto auto -> "auto";
            case ToolChoice.None none -> "none";
            case ToolChoice.Required required -> "required";
            case ToolChoice.Tool(String name) -> Map.of("type", "function", "name", name);
        };
    }

    private static Map<String, Object> tool(ToolDefinition tool) {
        JsonText parameters = tool.parameters();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "function");
        json.put("name", tool.name());
        json.put("description", tool.description());
        json.put("parameters", parameters == null ? null : tree(parameters));
        json.put("strict", tool.strict());
        return json;
    }

    private static Object tree(JsonText text) {
        return Json.document(text.json().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> usage(TokenUsage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input_tokens", usage.input());
        json.put("input_tokens_details", Map.of("cached_tokens", usage.cachedInput()));
        json.put("output_tokens", usage.output());
        json.put("output_tokens_details", Map.of("reasoning_tokens", usage.reasoning()));
        json.put("total_tokens", usage.total());
        return json;
    }
}
