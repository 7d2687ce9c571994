package dev.tierway.adapter.providers.cohere;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as Cohere's messages. */
final class CohereMessages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CohereMessages() {}

    static ArrayNode of(List<ChatMessage> messages) {
        ArrayNode all = JSON.arrayNode();
        messages.forEach(message -> all.add(message(message)));
        return all;
    }

    private static ObjectNode message(ChatMessage message) {
        ObjectNode json = JSON.objectNode();
        Role role = message.role() == Role.DEVELOPER ? Role.SYSTEM : message.role();
        json.put("role", role.name().toLowerCase(Locale.ROOT));
        if (message.toolCallId() != null) {
            json.put("tool_call_id", message.toolCallId());
        }
        boolean calls = !message.toolCalls().isEmpty();
        if (calls) {
            plan(json, message.parts());
        }
        content(json, message.parts(), calls);
        if (calls) {
            ArrayNode all = json.putArray("tool_calls");
            message.toolCalls().forEach(call -> all.add(call(call)));
        }
        return json;
    }

    /** What the model thinks before it calls tools is its plan. */
    private static void plan(ObjectNode json, List<Part> parts) {
        StringBuilder plan = new StringBuilder();
        for (Part part : parts) {
            // What another vendor signed is for that vendor.
            if (part instanceof Part.Reasoning reasoning && reasoning.signature() == null) {
                plan.append(reasoning.text());
            }
        }
        if (!plan.isEmpty()) {
            json.put("tool_plan", plan.toString());
        }
    }

    private static void content(ObjectNode json, List<Part> parts, boolean planned) {
        ArrayNode items = JSON.arrayNode();
        for (Part part : parts) {
            ObjectNode item = item(part, planned);
            if (item != null) {
                items.add(item);
            }
        }
        boolean plain = items.size() == 1 && items.get(0).path("type").asText().equals("text");
        if (plain) {
            json.set("content", items.get(0).path("text"));
        } else if (!items.isEmpty()) {
            json.set("content", items);
        } else if (!planned && !json.has("tool_plan")) {
            json.put("content", "");
        }
    }

    private static @Nullable ObjectNode item(Part part, boolean planned) {
        return switch (part) {
            case Part.Text(String text) -> text(text);
            case Part.Refusal(String text) -> text(text);
            case Part.Image(String mediaType, String base64, String detail) ->
                image("data:" + mediaType + ";base64," + base64, detail);
            case Part.ImageUrl(String url, String detail) -> image(url, detail);
            case Part.Reasoning(String text, String signature, String vendor) ->
                planned || signature != null
                        ? null
                        : JSON.objectNode().put("type", "thinking").put("thinking", text);
            case Part.SealedReasoning sealed -> null;
            case Part.Citation citation -> null;
            case Part.CachePoint point -> null;
            case Part.Audio audio -> throw placeless("audio");
            case Part.File file -> throw placeless("a file");
            case Part.FileUrl file -> throw placeless("the URL of a file");
        };
    }

    private static IllegalArgumentException placeless(String what) {
        return new IllegalArgumentException(what + " has no place in a message to Cohere");
    }

    private static ObjectNode text(String text) {
        return JSON.objectNode().put("type", "text").put("text", text);
    }

    private static ObjectNode image(String url, @Nullable String detail) {
        ObjectNode json = JSON.objectNode().put("type", "image_url");
        ObjectNode image = json.putObject("image_url").put("url", url);
        if (detail != null) {
            image.put("detail", detail);
        }
        return json;
    }

    private static ObjectNode call(ToolCall call) {
        ObjectNode json = JSON.objectNode().put("id", call.id()).put("type", "function");
        json.putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments().json());
        return json;
    }
}
