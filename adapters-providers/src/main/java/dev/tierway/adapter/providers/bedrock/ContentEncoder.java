package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the blocks of one request's messages. Base64 goes in as it came. */
final class ContentEncoder {
    private static final JsonFactory JSON = new JsonFactory();

    private final Set<String> documentNames = new LinkedHashSet<>();

    /**
     * One part, as a block of its own; what has no place is left out, as the dialect's table says.
     *
     * @throws IllegalArgumentException if it can't be left out, nor sent
     */
    void part(ArrayNode content, Part part) {
        switch (part) {
            case Part.Text(String text) -> text(content, text);
            case Part.Refusal(String text) -> text(content, text);
            case Part.Image image -> {
                ObjectNode block = content.addObject().putObject("image");
                block.put("format", MediaFormats.image(image.mediaType()));
                block.putObject("source").put("bytes", image.base64());
            }
            case Part.Audio(String format, String base64) -> {
                ObjectNode block = content.addObject().putObject("audio");
                block.put("format", format);
                block.putObject("source").put("bytes", base64);
            }
            case Part.File file -> {
                ObjectNode block = content.addObject().putObject("document");
                block.put("format", MediaFormats.document(file.mediaType()));
                block.put("name", documentName(file.name()));
                block.putObject("source").put("bytes", file.base64());
            }
            case Part.Reasoning(String text, String signature, String vendor) -> {
                // Without Bedrock's own signature it would be refused.
                if (signature != null && ConverseApi.VENDOR.equals(vendor)) {
                    content.addObject()
                            .putObject("reasoningContent")
                            .putObject("reasoningText")
                            .put("text", text)
                            .put("signature", signature);
                }
            }
            case Part.SealedReasoning(String data, String vendor) -> {
                if (ConverseApi.VENDOR.equals(vendor)) {
                    content.addObject().putObject("reasoningContent").put("redactedContent", data);
                }
            }
            case Part.CachePoint point -> cachePoint(content, point);
            case Part.Citation citation -> {}
            case Part.ImageUrl image -> throw new IllegalArgumentException("Bedrock fetches no images: send its bytes");
            case Part.FileUrl file -> throw new IllegalArgumentException("Bedrock fetches no files: send its bytes");
        }
    }

    /** Bedrock refuses blocks of blanks. */
    static void text(ArrayNode content, String text) {
        if (!text.isBlank()) {
            content.addObject().put("text", text);
        }
    }

    static void cachePoint(ArrayNode content, Part.CachePoint point) {
        ObjectNode block = content.addObject().putObject("cachePoint").put("type", "default");
        if (point.lifetime() != null) {
            block.put("ttl", point.lifetime());
        }
    }

    static void toolUse(ArrayNode content, ToolCall call) {
        ObjectNode block = content.addObject().putObject("toolUse");
        block.put("toolUseId", ToolUseIds.of(call.id()));
        block.put("name", call.name());
        String arguments = call.arguments().json();
        if (isObject(call.arguments())) {
            block.putRawValue("input", new RawValue(arguments));
        } else if (arguments.isBlank()) {
            block.putObject("input");
        } else {
            // What a model once wrote wrongly is part of the conversation; Bedrock takes objects only.
            block.putObject("input").put("arguments", arguments);
        }
    }

    private static boolean isObject(JsonText text) {
        try (JsonParser json = JSON.createParser(text.json())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            json.skipChildren();
            return json.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** Letters, digits, single spaces, hyphens, parentheses and brackets, and never twice in one request. */
    private String documentName(@Nullable String given) {
        String base = given == null ? "file" : given.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        String clean = base.replaceAll("[^\\p{Alnum}\\s()\\[\\]-]", "-")
                .replaceAll("\\s+", " ")
                .strip();
        String name = clean.isEmpty() ? "file" : clean;
        for (int n = 2; !documentNames.add(name); n++) {
            name = (clean.isEmpty() ? "file" : clean) + " (" + n + ")";
        }
        return name;
    }
}
