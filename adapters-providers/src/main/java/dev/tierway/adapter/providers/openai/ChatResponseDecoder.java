package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Reads a whole completion into neutral types. */
final class ChatResponseDecoder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ChatResponseDecoder() {}

    /**
     * @param usage what was reported or estimated
     * @throws IOException if it isn't a completion
     */
    static ChatResponse decode(byte[] body, TokenUsage usage) throws IOException {
        JsonNode root = JSON.readTree(body);
        List<ChatResponse.Choice> choices = new ArrayList<>();
        for (JsonNode choice : root.path("choices")) {
            choices.add(new ChatResponse.Choice(
                    message(choice.path("message")),
                    FinishReasons.of(choice.path("finish_reason").asText("")),
                    null,
                    LogProbs.of(choice.path("logprobs"))));
        }
        if (choices.isEmpty()) {
            throw new IOException("a completion without choices");
        }
        return new ChatResponse(
                root.path("id").asText(""),
                root.path("model").asText(""),
                root.path("created").asLong(),
                choices,
                usage);
    }

    private static ChatMessage message(JsonNode message) {
        List<Part> parts = new ArrayList<>();
        String reasoning = text(message, "reasoning_content");
        reasoning = reasoning.isEmpty() ? text(message, "reasoning") : reasoning;
        if (!reasoning.isEmpty()) {
            parts.add(new Part.Reasoning(reasoning, null, null));
        }
        String content = content(message.path("content"));
        if (!content.isEmpty()) {
            parts.add(new Part.Text(content));
        }
        String refusal = text(message, "refusal");
        if (!refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        Citations.add(message.path("annotations"), parts::add);
        return new ChatMessage(Role.ASSISTANT, parts, null, toolCalls(message.path("tool_calls")), null);
    }

    private static String text(JsonNode message, String field) {
        JsonNode value = message.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    /** A string, or (Mistral) a list of parts. */
    static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asText(""));
        }
        return text.toString();
    }

    private static List<ToolCall> toolCalls(JsonNode calls) {
        List<ToolCall> found = new ArrayList<>();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            found.add(new ToolCall(
                    call.path("id").asText(""),
                    function.path("name").asText(""),
                    arguments(function.path("arguments"))));
        }
        return found;
    }

    /** Models do write broken JSON: it is kept, as a JSON string, so that whoever runs the tool can tell. */
    private static JsonText arguments(JsonNode arguments) {
        if (arguments.isContainerNode()) {
            return new JsonText(arguments.toString()); // Ollama and others send the object itself
        }
        String text = arguments.asText("");
        if (text.isBlank()) {
            return JsonText.EMPTY_OBJECT;
        }
        try {
            JSON.readTree(text);
            return new JsonText(text);
        } catch (JsonProcessingException broken) {
            return new JsonText(arguments.toString());
        }
    }
}
