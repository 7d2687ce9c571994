package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads an ask out of a body in Anthropic's format. */
final class MessagesAsk {
    private MessagesAsk() {}

    static SimulatedAsk of(JsonNode body, String where) {
        long characters = text(body.path("system")).length();
        int messages = 0;
        String prompt = "";
        for (JsonNode message : body.path("messages")) {
            String text = text(message.path("content"));
            characters += text.length();
            messages++;
            prompt = message.path("role").asText("").equals("user") ? text : prompt;
        }
        JsonNode tool = demanded(body);
        JsonNode schema = body.path("output_config").path("format").path("schema");
        return new SimulatedAsk(
                body.path("model").asText(""),
                where,
                prompt,
                SimulatedAsk.tokens(characters, messages),
                tool == null ? null : tool.path("name").asText(""),
                tool == null || !tool.path("input_schema").isObject() ? null : tool.path("input_schema"),
                schema.isObject(),
                schema.isObject() ? schema : null,
                body.path("max_tokens").asLong(0) > 0 ? body.path("max_tokens").asLong() : null,
                1);
    }

    private static @Nullable JsonNode demanded(JsonNode body) {
        JsonNode choice = body.path("tool_choice");
        boolean any = choice.path("type").asText("").equals("any");
        String wanted = choice.path("name").asText("");
        for (JsonNode tool : body.path("tools")) {
            if (any || (!wanted.isEmpty() && wanted.equals(tool.path("name").asText("")))) {
                return tool;
            }
        }
        return null;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder all = new StringBuilder();
        for (JsonNode block : content) {
            all.append(block.path("text").asText("")).append(text(block.path("content")));
        }
        return all.toString();
    }
}
