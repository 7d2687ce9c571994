package dev.tierway.adapter.providers.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes parts as content blocks. What Anthropic didn't sign is no thinking of its models and is left out, like
 * citations, which name documents by a number that neutral types don't keep.
 */
final class BlockEncoder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PDF = "application/pdf";

    private BlockEncoder() {}

    static void parts(ArrayNode blocks, List<Part> parts) {
        for (Part part : parts) {
            part(blocks, part);
        }
    }

    private static void part(ArrayNode blocks, Part part) {
        switch (part) {
            case Part.Text(String text) -> text(blocks, text);
            case Part.Refusal(String text) -> text(blocks, text);
            case Part.Image(String mediaType, String base64, var detail) ->
                base64(blocks.addObject().put("type", "image"), mediaType, base64);
            case Part.ImageUrl(String url, var detail) -> url(blocks.addObject().put("type", "image"), url);
            case Part.File file -> document(blocks.addObject(), file);
            case Part.FileUrl(String name, var mediaType, String url) -> {
                ObjectNode block = blocks.addObject().put("type", "document");
                url(block, url);
                title(block, name);
            }
            case Part.Reasoning(String text, String signature, String vendor) -> {
                if (signature != null && AnthropicApi.VENDOR.equals(vendor)) {
                    blocks.addObject()
                            .put("type", "thinking")
                            .put("thinking", text)
                            .put("signature", signature);
                }
            }
            case Part.SealedReasoning(String data, String vendor) -> {
                if (vendor.equals(AnthropicApi.VENDOR)) {
                    blocks.addObject().put("type", "redacted_thinking").put("data", data);
                }
            }
            case Part.CachePoint point -> {
                if (!blocks.isEmpty() && blocks.get(blocks.size() - 1) instanceof ObjectNode last) {
                    cached(last, point);
                }
            }
            case Part.Citation citation -> {}
            case Part.Audio audio -> throw new IllegalArgumentException("Anthropic's models take no audio");
        }
    }

    /** The API refuses empty texts. */
    private static void text(ArrayNode blocks, String text) {
        if (!text.isEmpty()) {
            blocks.addObject().put("type", "text").put("text", text);
        }
    }

    private static void base64(ObjectNode block, String mediaType, String base64) {
        block.putObject("source")
                .put("type", "base64")
                .put("media_type", mediaType)
                .put("data", base64);
    }

    private static void url(ObjectNode block, String url) {
        block.putObject("source").put("type", "url").put("url", url);
    }

    private static void document(ObjectNode block, Part.File file) {
        block.put("type", "document");
        String type = file.mediaType().toLowerCase(Locale.ROOT);
        if (type.equals(PDF)) {
            base64(block, PDF, file.base64());
        } else if (type.startsWith("text/") || type.equals("application/json")) {
            block.putObject("source")
                    .put("type", "text")
                    .put("media_type", "text/plain")
                    .put("data", new String(Base64.getDecoder().decode(file.base64()), StandardCharsets.UTF_8));
        } else {
            throw new IllegalArgumentException("Anthropic takes PDF and plain text as files, not " + file.mediaType());
        }
        title(block, file.name());
    }

    private static void title(ObjectNode block, @Nullable String name) {
        if (name != null && !name.isBlank()) {
            block.put("title", name);
        }
    }

    static void cached(ObjectNode block, Part.CachePoint point) {
        ObjectNode control = block.putObject("cache_control").put("type", "ephemeral");
        if (point.lifetime() != null) {
            control.put("ttl", point.lifetime());
        }
    }

    static void toolUse(ArrayNode blocks, ToolCall call) {
        blocks.addObject()
                .put("type", "tool_use")
                .put("id", toolId(call.id()))
                .put("name", call.name())
                .putRawValue("input", new RawValue(input(call.arguments().json())));
    }

    /** Ids other vendors make may hold what Anthropic's pattern refuses; a call and its result change alike. */
    static String toolId(String id) {
        String fit = id.replaceAll("[^a-zA-Z0-9_-]", "_");
        return fit.isEmpty() ? "toolu_0" : fit;
    }

    /** The input of a tool must be an object; broken arguments are kept inside one. */
    private static String input(String arguments) {
        String json = arguments.strip();
        if (json.startsWith("{")) {
            return json;
        }
        try {
            return JSON.writeValueAsString(JSON.createObjectNode().set("arguments", JSON.readTree(json)));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("arguments", json).toString();
        }
    }
}
