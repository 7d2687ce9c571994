package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request of Converse in OpenAI's words, as far as simulated servers listen. */
final class BridgeRequests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BridgeRequests() {}

    static ObjectNode toOpenAi(JsonNode converse, boolean stream) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode().put("model", "upstream-model").put("stream", stream);
        root.putObject("stream_options").put("include_usage", true);
        ArrayNode messages = root.putArray("messages");
        for (JsonNode turn : converse.path("messages")) {
            StringBuilder text = new StringBuilder();
            turn.path("content").forEach(block -> text.append(block.path("text").asText("")));
            messages.addObject().put("role", turn.path("role").asText()).put("content", text.toString());
        }
        JsonNode cap = converse.at("/inferenceConfig/maxTokens");
        if (cap.isNumber()) {
            root.set("max_tokens", cap);
        }
        for (JsonNode tool : converse.at("/toolConfig/tools")) {
            ObjectNode function = root.withArray("tools").addObject().putObject("function");
            function.set("name", tool.at("/toolSpec/name"));
            function.set("parameters", tool.at("/toolSpec/inputSchema/json"));
        }
        JsonNode named = converse.at("/toolConfig/toolChoice/tool/name");
        if (named.isTextual()) {
            root.putObject("tool_choice").putObject("function").set("name", named);
        }
        if (converse.at("/toolConfig/toolChoice/any").isObject()) {
            root.put("tool_choice", "required");
        }
        JsonNode schema = converse.at("/outputConfig/textFormat/structure/jsonSchema/schema");
        if (schema.isTextual()) {
            root.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .set("schema", JSON.readTree(schema.textValue()));
        }
        return root;
    }
}
