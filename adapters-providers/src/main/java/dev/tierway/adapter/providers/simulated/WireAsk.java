package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads an ask out of a body in OpenAI's format. */
final class WireAsk {
    private static final int MAX_TEMPERATURE = 2;

    private WireAsk() {}

    static SimulatedAsk of(JsonNode body, String where) {
        long characters = 0;
        int messages = 0;
        String prompt = "";
        for (JsonNode message : body.path("messages")) {
            String text = text(message.path("content"));
            characters += text.length();
            messages++;
            prompt = message.path("role").asText("").equals("user") ? text : prompt;
        }
        JsonNode tool = demanded(body);
        JsonNode format = body.path("response_format");
        String type = format.path("type").asText("");
        JsonNode schema = format.path("json_schema").path("schema");
        return new SimulatedAsk(
                body.path("model").asText(""),
                where,
                prompt,
                SimulatedAsk.tokens(characters, messages),
                tool == null ? null : tool.path("name").asText(""),
                tool == null || !tool.path("parameters").isObject() ? null : tool.path("parameters"),
                type.equals("json_object") || type.equals("json_schema"),
                schema.isObject() ? schema : null,
                cap(body),
                Math.clamp(body.path("n").asInt(1), 1, 16));
    }

    /** What no vendor would take, in words; null if there is nothing. */
    static @Nullable String senseless(JsonNode sampling) {
        double topP = sampling.path(sampling.has("topP") ? "topP" : "top_p").asDouble(1);
        double temperature = sampling.path("temperature").asDouble(0);
        return !(temperature >= 0 && temperature <= MAX_TEMPERATURE)
                ? "temperature must be from 0 to " + MAX_TEMPERATURE + ", not " + temperature
                : !(topP >= 0 && topP <= 1) ? "top_p must be from 0 to 1, not " + topP : null;
    }

    private static @Nullable Long cap(JsonNode body) {
        JsonNode cap =
                body.hasNonNull("max_completion_tokens") ? body.path("max_completion_tokens") : body.path("max_tokens");
        return cap.isIntegralNumber() && cap.longValue() > 0 ? cap.longValue() : null;
    }

    private static @Nullable JsonNode demanded(JsonNode body) {
        JsonNode choice = body.path("tool_choice");
        String wanted = choice.path("function").path("name").asText("");
        boolean any = choice.asText("").equals("required");
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = tool.path("function");
            if (any || (!wanted.isEmpty() && wanted.equals(function.path("name").asText("")))) {
                return function;
            }
        }
        return null;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode part : content) {
            all.append(part.path("text").asText(""));
        }
        return all.toString();
    }
}
