package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Reasoning;
import dev.tierway.application.chat.ResponseFormat;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.chat.ToolChoice;
import dev.tierway.application.chat.ToolDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Understands a request of Converse as Amazon documents it: what Bedrock would hear. */
final class ConverseReader {
    private final ChatRequest.Builder request = ChatRequest.builder();

    private ConverseReader() {}

    static ChatRequest read(JsonNode root) {
        ConverseReader reader = new ConverseReader();
        List<Part> system = new ArrayList<>();
        root.path("system")
                .forEach(block -> system.add(new Part.Text(block.path("text").asText())));
        if (!system.isEmpty()) {
            reader.request.message(new ChatMessage(Role.SYSTEM, system, null, List.of(), null));
        }
        root.path("messages").forEach(reader::turn);
        reader.tools(root.path("toolConfig"));
        return reader.rest(root);
    }

    private void turn(JsonNode turn) {
        Role role = turn.path("role").asText().equals("user") ? Role.USER : Role.ASSISTANT;
        List<Part> parts = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode block : turn.path("content")) {
            if (block.has("toolResult")) {
                JsonNode result = block.path("toolResult");
                request.message(new ChatMessage(
                        Role.TOOL,
                        List.of(new Part.Text(result.at("/content/0/text").asText())),
                        null,
                        List.of(),
                        result.path("toolUseId").asText(),
                        result.path("status").asText().equals("error")));
            } else if (block.has("toolUse")) {
                JsonNode use = block.path("toolUse");
                calls.add(new ToolCall(
                        use.path("toolUseId").asText(),
                        use.path("name").asText(),
                        new JsonText(use.path("input").toString())));
            } else {
                parts.add(part(block));
            }
        }
        if (!parts.isEmpty() || !calls.isEmpty()) {
            request.message(new ChatMessage(role, parts, null, calls, null));
        }
    }

    private static Part part(JsonNode block) {
        if (block.has("text")) {
            return new Part.Text(block.path("text").asText());
        }
        String kind = block.fieldNames().next();
        JsonNode media = block.path(kind);
        String format = media.path("format").asText();
        String bytes = media.at("/source/bytes").asText();
        return switch (kind) {
            case "image" -> new Part.Image("image/" + format, bytes, null);
            case "audio" -> new Part.Audio(format, bytes);
            case "document" -> new Part.File(media.path("name").asText(), "application/" + format, bytes);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private void tools(JsonNode config) {
        for (JsonNode tool : config.path("tools")) {
            JsonNode spec = tool.path("toolSpec");
            request.tool(new ToolDefinition(
                    spec.path("name").asText(),
                    text(spec.path("description")),
                    new JsonText(spec.at("/inputSchema/json").toString()),
                    spec.has("strict") ? Boolean.valueOf(spec.path("strict").asBoolean()) : null));
        }
        JsonNode choice = config.path("toolChoice");
        if (choice.has("auto")) {
            request.toolChoice(new ToolChoice.Auto());
        } else if (choice.has("any")) {
            request.toolChoice(new ToolChoice.Required());
        } else if (choice.has("tool")) {
            request.toolChoice(new ToolChoice.Tool(choice.at("/tool/name").asText()));
        }
    }

    private ChatRequest rest(JsonNode root) {
        JsonNode config = root.path("inferenceConfig");
        List<String> stops = new ArrayList<>();
        config.path("stopSequences").forEach(stop -> stops.add(stop.asText()));
        JsonNode schema = root.at("/outputConfig/textFormat/structure/jsonSchema");
        Map<String, String> labels = new LinkedHashMap<>();
        root.path("requestMetadata")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return request.maxOutputTokens(config.path("maxTokens").asLong())
                .sampling(new Sampling(
                        number(config.path("temperature")), number(config.path("topP")), null, null, null, null, stops))
                .reasoning(new Reasoning(text(root.at("/outputConfig/effort")), null, null))
                .responseFormat(
                        schema.isMissingNode()
                                ? null
                                : new ResponseFormat.JsonSchema(
                                        schema.path("name").asText(),
                                        new JsonText(schema.path("schema").asText()),
                                        null))
                .metadata(labels)
                .serviceTier(text(root.at("/serviceTier/type")))
                .build();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    private static @Nullable Double number(JsonNode node) {
        return node.isNumber() ? Double.valueOf(node.doubleValue()) : null;
    }
}
