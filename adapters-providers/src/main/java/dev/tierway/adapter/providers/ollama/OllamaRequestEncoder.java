package dev.tierway.adapter.providers.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a neutral request as a body of {@code POST /api/chat}. */
final class OllamaRequestEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPTIONS = "options";

    private OllamaRequestEncoder() {}

    /** @throws IllegalArgumentException for what it has no words for and what can't be left out */
    static byte[] encode(ChatRequest request, String model, boolean stream) {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", model);
        body.set("messages", OllamaMessages.of(request.messages()));
        // Its default is to stream.
        body.put("stream", stream);
        // There is no word for "call none": without tools there are none to call.
        if (!request.tools().isEmpty() && !(request.toolChoice() instanceof ToolChoice.None)) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> tools.add(tool(tool)));
        }
        format(body, request.responseFormat());
        think(body, request.reasoning(), model);
        if (request.topLogProbs() != null) {
            body.put("logprobs", true);
            if (request.topLogProbs() > 0) {
                body.put("top_logprobs", request.topLogProbs());
            }
        }
        ObjectNode options = options(request.sampling(), request.maxOutputTokens());
        extra(body, options, request.extra().sentIn(OllamaTransportFactory.OLLAMA));
        if (!options.isEmpty()) {
            body.set(OPTIONS, options);
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static ObjectNode tool(ToolDefinition tool) {
        ObjectNode json = JSON.createObjectNode().put("type", "function");
        ObjectNode function = json.putObject("function").put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        JsonText parameters = tool.parameters();
        // Templates of models look for properties: a tool without arguments has none, rather than nothing.
        function.putRawValue(
                "parameters",
                new RawValue(parameters == null ? "{\"type\":\"object\",\"properties\":{}}" : parameters.json()));
        return json;
    }

    private static void format(ObjectNode body, @Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText() -> {}
            case ResponseFormat.JsonObject() -> body.put("format", "json");
            case ResponseFormat.JsonSchema schema ->
                body.putRawValue("format", new RawValue(schema.schema().json()));
        }
    }

    /** Only gpt-oss knows how hard to think; others think or don't, and refuse a word for it. */
    private static void think(ObjectNode body, Reasoning reasoning, String model) {
        String effort = reasoning.effort();
        if (effort == null) {
            return;
        }
        if (model.toLowerCase(Locale.ROOT).contains("gpt-oss")) {
            body.put(
                    "think",
                    switch (effort) {
                        case "none", "minimal" -> "low";
                        case "xhigh", "max" -> "high";
                        default -> effort;
                    });
        } else {
            body.put("think", !effort.equals("none"));
        }
    }

    private static ObjectNode options(Sampling how, @Nullable Long maxOutputTokens) {
        ObjectNode options = JSON.createObjectNode();
        number(options, "temperature", how.temperature());
        number(options, "top_p", how.topP());
        number(options, "frequency_penalty", how.frequencyPenalty());
        number(options, "presence_penalty", how.presencePenalty());
        whole(options, "top_k", how.topK());
        whole(options, "seed", how.seed());
        whole(options, "num_predict", maxOutputTokens);
        if (!how.stop().isEmpty()) {
            ArrayNode stop = options.putArray("stop");
            how.stop().forEach(stop::add);
        }
        return options;
    }

    private static void number(ObjectNode json, String name, @Nullable Double value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void whole(ObjectNode json, String name, @Nullable Long value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** The caller's own members: {@code keep_alive}, {@code options.num_ctx} and whatever comes; said twice, ours wins. */
    private static void extra(ObjectNode body, ObjectNode options, Map<String, JsonText> members) {
        members.forEach((name, value) -> {
            if (!name.equals(OPTIONS)) {
                if (!body.has(name)) {
                    body.putRawValue(name, new RawValue(value.json()));
                }
                return;
            }
            for (Map.Entry<String, JsonNode> option : object(value).properties()) {
                options.putIfAbsent(option.getKey(), option.getValue());
            }
        });
    }

    private static JsonNode object(JsonText text) {
        try {
            JsonNode node = JSON.readTree(text.json());
            if (node.isObject()) {
                return node;
            }
            throw new IllegalArgumentException("'options' must be an object");
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("'options' is not JSON", broken);
        }
    }
}
