package dev.tierway.adapter.providers.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a conversation as Ollama's messages: one text each, pictures beside it. */
final class OllamaMessages {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Names of the tools called so far: results are told by name. */
    private final Map<String, String> toolNames = new HashMap<>();

    private OllamaMessages() {}

    static ArrayNode of(List<ChatMessage> messages) {
        OllamaMessages writer = new OllamaMessages();
        ArrayNode all = JSON.arrayNode();
        messages.forEach(message -> all.add(writer.message(message)));
        return all;
    }

    private ObjectNode message(ChatMessage message) {
        ObjectNode json = JSON.objectNode();
        Role role = message.role() == Role.DEVELOPER ? Role.SYSTEM : message.role();
        json.put("role", role.name().toLowerCase(Locale.ROOT));
        parts(json, message.parts());
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = json.putArray("tool_calls");
            message.toolCalls().forEach(call -> calls.add(call(call)));
        }
        String answered = message.toolCallId();
        if (answered != null) {
            json.put("tool_call_id", answered);
            String name = toolNames.get(answered);
            if (name != null) {
                json.put("tool_name", name);
            }
        }
        return json;
    }

    private static void parts(ObjectNode json, List<Part> parts) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        ArrayNode images = JSON.arrayNode();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String words) -> text.append(words);
                case Part.Refusal(String words) -> text.append(words);
                case Part.Image image -> images.add(image.base64());
                case Part.Reasoning reasoning -> {
                    // What another vendor signed is for that vendor.
                    if (reasoning.signature() == null) {
                        thinking.append(reasoning.text());
                    }
                }
                case Part.SealedReasoning sealed -> {}
                case Part.Citation citation -> {}
                case Part.CachePoint point -> {}
                case Part.ImageUrl image -> throw placeless("the URL of an image");
                case Part.Audio audio -> throw placeless("audio");
                case Part.File file -> throw placeless("a file");
                case Part.FileUrl file -> throw placeless("the URL of a file");
            }
        }
        json.put("content", text.toString());
        if (!thinking.isEmpty()) {
            json.put("thinking", thinking.toString());
        }
        if (!images.isEmpty()) {
            json.set("images", images);
        }
    }

    private static IllegalArgumentException placeless(String what) {
        return new IllegalArgumentException(what + " has no place in a message to Ollama");
    }

    private ObjectNode call(ToolCall call) {
        toolNames.put(call.id(), call.name());
        ObjectNode json = JSON.objectNode().put("id", call.id());
        ObjectNode function = json.putObject("function").put("name", call.name());
        String arguments = call.arguments().json().strip();
        if (arguments.startsWith("{")) {
            function.putRawValue("arguments", new RawValue(arguments));
        } else {
            // It takes objects only; a model had written something else, and should see what.
            function.putObject("arguments").putRawValue("arguments", new RawValue(arguments));
        }
        return json;
    }
}
