package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message. Reasoning of earlier turns is left out: chat completions have no place for it, and vendors that
 * return it (DeepSeek) refuse it in requests.
 */
final class MessageEncoder {
    private final OpenAiDialect dialect;

    MessageEncoder(OpenAiDialect dialect) {
        this.dialect = dialect;
    }

    void write(JsonGenerator json, ChatMessage message) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role(message.role()));
        if (message.name() != null) {
            json.writeStringField("name", message.name());
        }
        content(json, message.parts().stream().filter(MessageEncoder::hasPlace).toList());
        if (!message.toolCalls().isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolCall call : message.toolCalls()) {
                toolCall(json, call);
            }
            json.writeEndArray();
        }
        if (message.toolCallId() != null) {
            json.writeStringField("tool_call_id", message.toolCallId());
        }
        json.writeEndObject();
    }

    private static boolean hasPlace(Part part) {
        return !(part instanceof Part.Reasoning
                || part instanceof Part.SealedReasoning
                || part instanceof Part.Citation
                || part instanceof Part.CachePoint);
    }

    private String role(Role role) {
        Role known = role == Role.DEVELOPER && !dialect.developerRole() ? Role.SYSTEM : role;
        return known.name().toLowerCase(Locale.ROOT);
    }

    /** One text goes as a plain string, which every imitator understands; anything else as a list of parts. */
    private static void content(JsonGenerator json, List<Part> parts) throws IOException {
        if (parts.isEmpty()) {
            json.writeNullField("content");
        } else if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(String text)) {
            json.writeStringField("content", text);
        } else {
            json.writeArrayFieldStart("content");
            for (Part part : parts) {
                part(json, part);
            }
            json.writeEndArray();
        }
    }

    private static void part(JsonGenerator json, Part part) throws IOException {
        json.writeStartObject();
        switch (part) {
            case Part.Text(String text) -> {
                json.writeStringField("type", "text");
                json.writeStringField("text", text);
            }
            case Part.Image(String mediaType, String base64, String detail) ->
                image(json, "data:" + mediaType + ";base64," + base64, detail);
            case Part.ImageUrl(String url, String detail) -> image(json, url, detail);
            case Part.Audio(String format, String base64) -> {
                json.writeStringField("type", "input_audio");
                json.writeObjectFieldStart("input_audio");
                json.writeStringField("data", base64);
                json.writeStringField("format", format);
                json.writeEndObject();
            }
            case Part.File(String name, String mediaType, String base64) -> {
                json.writeStringField("type", "file");
                json.writeObjectFieldStart("file");
                json.writeStringField("filename", name == null ? "file" : name);
                json.writeStringField("file_data", "data:" + mediaType + ";base64," + base64);
                json.writeEndObject();
            }
            case Part.Refusal(String text) -> {
                json.writeStringField("type", "refusal");
                json.writeStringField("refusal", text);
            }
            case Part.FileUrl file ->
                throw new IllegalArgumentException("a file's URL has no place in a chat completion");
            case Part.Reasoning reasoning -> throw misplaced("reasoning");
            case Part.SealedReasoning sealed -> throw misplaced("reasoning");
            case Part.Citation citation -> throw misplaced("a citation");
            case Part.CachePoint point -> throw misplaced("a cache point");
        }
        json.writeEndObject();
    }

    private static IllegalStateException misplaced(String what) {
        return new IllegalStateException(what + " has no place in a chat completion");
    }

    private static void image(JsonGenerator json, String url, @Nullable String detail) throws IOException {
        json.writeStringField("type", "image_url");
        json.writeObjectFieldStart("image_url");
        json.writeStringField("url", url);
        if (detail != null) {
            json.writeStringField("detail", detail);
        }
        json.writeEndObject();
    }

    private static void toolCall(JsonGenerator json, ToolCall call) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("type", "function");
        json.writeObjectFieldStart("function");
        json.writeStringField("name", call.name());
        json.writeStringField("arguments", call.arguments().json());
        json.writeEndObject();
        json.writeEndObject();
    }
}
