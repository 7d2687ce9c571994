package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a whole reply in neutral types as an OpenAI chat completion. */
public final class OpenAiReplyEncoder {
    private OpenAiReplyEncoder() {}

    public static byte[] completion(ChatResponse response) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", response.id());
        json.put("object", "chat.completion");
        json.put("created", response.createdEpochSeconds());
        json.put("model", response.model());
        List<Object> choices = new ArrayList<>();
        for (ChatResponse.Choice choice : response.choices()) {
            choices.add(choice(choices.size(), choice));
        }
        json.put("choices", choices);
        json.put("usage", usage(response.usage()));
        return Json.bytes(json);
    }

    private static Map<String, Object> choice(int index, ChatResponse.Choice choice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("index", index);
        json.put("message", message(choice.message()));
        json.put("logprobs", null);
        json.put("finish_reason", finishReason(choice.finishReason()));
        return json;
    }

    private static Map<String, Object> message(ChatMessage message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", message.role().name().toLowerCase(Locale.ROOT));
        String text = message.text();
        json.put("content", text.isEmpty() && !message.toolCalls().isEmpty() ? null : text);
        json.put("refusal", null);
        for (Part part : message.parts()) {
            if (part instanceof Part.Refusal(String refusal)) {
                json.put("refusal", refusal);
            } else if (part instanceof Part.Reasoning reasoning) {
                json.merge("reasoning_content", reasoning.text(), (a, b) -> a + "" + b);
                if (reasoning.signature() != null) {
                    json.put("reasoning_signature", reasoning.signature());
                }
            }
        }
        if (!message.toolCalls().isEmpty()) {
            json.put(
                    "tool_calls",
                    message.toolCalls().stream()
                            .map(OpenAiReplyEncoder::toolCall)
                            .toList());
        }
        return json;
    }

    private static Map<String, Object> toolCall(ToolCall call) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", call.name());
        function.put("arguments", call.arguments().json());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", call.id());
        json.put("type", "function");
        json.put("function", function);
        return json;
    }

    static String finishReason(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> usage(TokenUsage usage) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("cached_tokens", usage.cachedInput());
        input.put("cache_write_tokens", usage.cacheWrite());
        input.put("audio_tokens", usage.audioInput());
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("reasoning_tokens", usage.reasoning());
        output.put("audio_tokens", usage.audioOutput());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("prompt_tokens", usage.input());
        json.put("completion_tokens", usage.output());
        json.put("total_tokens", usage.total());
        json.put("prompt_tokens_details", input);
        json.put("completion_tokens_details", output);
        return json;
    }
}
