package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes parts of turns. */
final class PartEncoder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonGenerator json;

    PartEncoder(JsonGenerator json) {
        this.json = json;
    }

    /** Whether a part is written where it stands: signatures stand on other parts, and the rest can't be said. */
    static boolean hasPlace(Part part) {
        return switch (part) {
            case Part.Text text -> !text.text().isEmpty();
            case Part.Refusal refusal -> true;
            case Part.Image image -> true;
            case Part.ImageUrl image -> true;
            case Part.Audio audio -> true;
            case Part.File file -> true;
            case Part.FileUrl file -> true;
            case Part.Reasoning reasoning ->
                reasoning.signature() != null && ThoughtSignatures.VENDOR.equals(reasoning.vendor());
            case Part.SealedReasoning sealed -> false;
            case Part.Citation citation -> false;
            case Part.CachePoint point -> false;
        };
    }

    /** @param signature of the thought that led to it; null if none is known */
    void write(Part part, @Nullable String signature) throws IOException {
        switch (part) {
            case Part.Text(String text) -> text(text, signature);
            case Part.Refusal(String text) -> text(text, signature);
            case Part.Image(String type, String base64, var detail) -> inline(type, base64);
            case Part.ImageUrl(String url, var detail) -> linked(MediaTypes.ofUrl(url), url);
            case Part.Audio(String format, String base64) -> inline(MediaTypes.ofAudio(format), base64);
            case Part.File(var name, String type, String base64) -> inline(type, base64);
            case Part.FileUrl(var name, var type, String url) ->
                linked(type == null ? MediaTypes.ofUrl(url) : type, url);
            case Part.Reasoning reasoning
            when hasPlace(reasoning) -> {
                json.writeStartObject();
                json.writeStringField("text", reasoning.text());
                json.writeBooleanField("thought", true);
                json.writeStringField("thoughtSignature", reasoning.signature());
                json.writeEndObject();
            }
            case Part.Reasoning unsigned -> {}
            case Part.SealedReasoning sealed -> {}
            case Part.Citation citation -> {}
            case Part.CachePoint point -> {}
        }
    }

    private void text(String text, @Nullable String signature) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", text);
        signed(signature);
    }

    private void signed(@Nullable String signature) throws IOException {
        if (signature != null) {
            json.writeStringField("thoughtSignature", signature);
        }
        json.writeEndObject();
    }

    private void inline(String mediaType, String base64) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("inlineData");
        json.writeStringField("mimeType", mediaType);
        json.writeStringField("data", base64);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void linked(@Nullable String mediaType, String url) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("fileData");
        json.writeStringField("fileUri", url);
        if (mediaType != null) {
            json.writeStringField("mimeType", mediaType);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    void call(ToolCall call, @Nullable String signature) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("functionCall");
        json.writeStringField("id", call.id());
        json.writeStringField("name", call.name());
        json.writeFieldName("args");
        String arguments = call.arguments().json().strip();
        if (arguments.startsWith("{")) {
            json.writeRawValue(arguments);
        } else {
            // Models do write broken arguments, kept as a JSON string; Gemini takes only objects.
            json.writeStartObject();
            json.writeFieldName("value");
            json.writeRawValue(arguments);
            json.writeEndObject();
        }
        json.writeEndObject();
        signed(signature);
    }

    void result(ChatMessage result, String function) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("functionResponse");
        if (result.toolCallId() != null) {
            json.writeStringField("id", result.toolCallId());
        }
        json.writeStringField("name", function);
        json.writeObjectFieldStart("response");
        json.writeFieldName(result.failed() ? "error" : "output");
        String text = result.text();
        if (isJsonContainer(text)) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
        json.writeEndObject();
        List<Part> media = result.parts().stream().filter(PartEncoder::isMedia).toList();
        if (!media.isEmpty()) {
            json.writeArrayFieldStart("parts");
            for (Part part : media) {
                write(part, null);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static boolean isMedia(Part part) {
        return switch (part) {
            case Part.Image image -> true;
            case Part.ImageUrl image -> true;
            case Part.Audio audio -> true;
            case Part.File file -> true;
            case Part.FileUrl file -> true;
            case Part.Text text -> false;
            case Part.Refusal refusal -> false;
            case Part.Reasoning reasoning -> false;
            case Part.SealedReasoning sealed -> false;
            case Part.Citation citation -> false;
            case Part.CachePoint point -> false;
        };
    }

    private static boolean isJsonContainer(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return false;
        }
        try {
            JSON.readTree(text);
            return true;
        } catch (JsonProcessingException justText) {
            return false;
        }
    }
}
