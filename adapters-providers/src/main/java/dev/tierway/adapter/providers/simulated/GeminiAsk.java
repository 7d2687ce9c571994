package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads an ask out of a path and a body in Gemini's format. */
final class GeminiAsk {
    private static final String WHOLE = ":generateContent";
    private static final String STREAM = ":streamGenerateContent";

    private GeminiAsk() {}

    static boolean isFor(String path) {
        return path.endsWith(WHOLE) || path.endsWith(STREAM);
    }

    static boolean streams(String path) {
        return path.endsWith(STREAM);
    }

    static SimulatedAsk of(String path, JsonNode body, String where) {
        String model = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
        String system = text(body.path("systemInstruction"));
        long characters = system.length();
        int messages = system.isEmpty() ? 0 : 1;
        String prompt = "";
        for (JsonNode content : body.path("contents")) {
            String text = text(content);
            characters += text.length();
            messages++;
            prompt = content.path("role").asText("user").equals("user") ? text : prompt;
        }
        JsonNode config = body.path("generationConfig");
        JsonNode tool = demanded(body);
        JsonNode schema = config.path("responseJsonSchema");
        JsonNode cap = config.path("maxOutputTokens");
        return new SimulatedAsk(
                model,
                where,
                prompt,
                SimulatedAsk.tokens(characters, messages),
                tool == null ? null : tool.path("name").asText(""),
                tool == null || !tool.path("parametersJsonSchema").isObject()
                        ? null
                        : tool.path("parametersJsonSchema"),
                config.path("responseMimeType").asText("").equals("application/json"),
                schema.isObject() ? schema : null,
                cap.isIntegralNumber() && cap.longValue() > 0 ? cap.longValue() : null,
                Math.clamp(config.path("candidateCount").asInt(1), 1, 16));
    }

    private static @Nullable JsonNode demanded(JsonNode body) {
        JsonNode choice = body.path("toolConfig").path("functionCallingConfig");
        if (!choice.path("mode").asText("").equals("ANY")) {
            return null;
        }
        String wanted = choice.path("allowedFunctionNames").path(0).asText("");
        for (JsonNode tools : body.path("tools")) {
            for (JsonNode function : tools.path("functionDeclarations")) {
                if (wanted.isEmpty() || wanted.equals(function.path("name").asText(""))) {
                    return function;
                }
            }
        }
        return null;
    }

    private static String text(JsonNode content) {
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content.path("parts")) {
            all.append(part.path("text").asText(""));
        }
        return all.toString();
    }
}
