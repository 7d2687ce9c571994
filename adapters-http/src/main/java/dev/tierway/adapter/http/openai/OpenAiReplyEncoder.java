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
        json.put("logprobs", choice.logProbs().isEmpty() ? null : LogProbsJson.of(choice.logProbs()));
        json.put("finish_reason", finishReason(choice.finishReason()));
        return json;
    }

    private static Map<String, Object> message(ChatMessage message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", message.role().name().toLowerCase(Locale.ROOT));
        String text = message.text();
        json.put("content", text.isEmpty() && !message.toolCalls().isEmpty() ? null : text);
        json.put("refusal", null);
        List<Object> annotations = new ArrayList<>();
        List<Object> details = new ArrayList<>();
        int textLength = 0;
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Text(String piece) -> textLength += piece.length();
                case Part.Refusal(String refusal) -> json.put("refusal", refusal);
                case Part.Reasoning reasoning -> reasoning(reasoning, json, details);
                case Part.SealedReasoning(String data, String vendor) ->
                    details.add(SignedReasoning.encrypted(details.size(), data, vendor));
                case Part.Citation citation -> annotations.add(CitationJson.of(citation, textLength));
                default -> {}
            }
        }
        if (!annotations.isEmpty()) {
            json.put("annotations", annotations);
        }
        if (!details.isEmpty()) {
            json.put(SignedReasoning.MEMBER, details);
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

    private static void reasoning(Part.Reasoning reasoning, Map<String, Object> json, List<Object> details) {
        json.merge("reasoning_content", reasoning.text(), (a, b) -> a + "" + b);
        String signature = reasoning.signature();
        if (signature != null) {
            details.add(SignedReasoning.text(details.size(), reasoning.text(), signature, reasoning.vendor()));
        }
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
