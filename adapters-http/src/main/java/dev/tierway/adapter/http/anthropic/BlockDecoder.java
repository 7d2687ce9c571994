package dev.tierway.adapter.http.anthropic;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads content blocks as parts. */
final class BlockDecoder {
    private BlockDecoder() {}

    /** @param content a text, a list of blocks, or nothing */
    static List<Part> parts(JsonMember content) {
        List<Part> parts = new ArrayList<>();
        if (content.isText()) {
            parts.add(new Part.Text(content.text()));
        } else {
            content.elements().forEach(block -> part(parts, block));
        }
        return parts;
    }

    static void part(List<Part> parts, JsonMember block) {
        String type = block.get("type").text();
        switch (type) {
            case "text" -> text(parts, block);
            case "image" -> parts.add(image(block.get("source")));
            case "document" -> document(parts, block);
            case "search_result" -> {
                parts.add(new Part.Text(
                        block.get("title").text() + "\n" + block.get("source").text()));
                parts.addAll(parts(block.get("content")));
            }
            case "thinking" -> {
                Signature signature = Signature.read(orEmpty(block.get("signature")));
                parts.add(new Part.Reasoning(
                        block.get("thinking").text(),
                        signature.vendor() == null ? null : signature.value(),
                        signature.vendor()));
            }
            case "redacted_thinking" -> {
                Signature sealed = Signature.read(block.get("data").text());
                if (sealed.vendor() != null) {
                    parts.add(new Part.SealedReasoning(sealed.value(), sealed.vendor()));
                }
            }
            default -> throw block.get("type").unsupported("'" + type + "' can't be translated");
        }
        cached(parts, block);
    }

    private static void text(List<Part> parts, JsonMember block) {
        parts.add(new Part.Text(block.get("text").text()));
        for (JsonMember citation : block.get("citations").elements()) {
            String url = citation.get("url").optionalText();
            String title = citation.get("title").optionalText();
            parts.add(new Part.Citation(
                    url == null ? citation.get("source").optionalText() : url,
                    title == null ? citation.get("document_title").optionalText() : title,
                    citation.get("cited_text").optionalText(),
                    null,
                    null));
        }
    }

    private static Part image(JsonMember source) {
        String type = source.get("type").text();
        return switch (type) {
            case "base64" ->
                new Part.Image(
                        source.get("media_type").text(), source.get("data").text(), null);
            case "url" -> new Part.ImageUrl(source.get("url").text(), null);
            default -> throw source.get("type").unsupported("'" + type + "' can't be translated");
        };
    }

    private static void document(List<Part> parts, JsonMember block) {
        String title = block.get("title").optionalText();
        String context = block.get("context").optionalText();
        if (context != null) {
            parts.add(new Part.Text(context));
        }
        JsonMember source = block.get("source");
        String type = source.get("type").text();
        switch (type) {
            case "base64" ->
                parts.add(new Part.File(
                        title,
                        source.get("media_type").text(),
                        source.get("data").text()));
            case "text" -> {
                byte[] text = source.get("data").text().getBytes(StandardCharsets.UTF_8);
                parts.add(new Part.File(title, "text/plain", Base64.getEncoder().encodeToString(text)));
            }
            case "url" ->
                parts.add(new Part.FileUrl(
                        title, "application/pdf", source.get("url").text()));
            case "content" -> parts.addAll(parts(source.get("content")));
            default -> throw source.get("type").unsupported("'" + type + "' can't be translated");
        }
    }

    /** Adds the point at which the prompt is to be cached, if the block marks one. */
    static void cached(List<Part> parts, JsonMember block) {
        Part.CachePoint point = cachePoint(block);
        if (point != null) {
            parts.add(point);
        }
    }

    static Part.@Nullable CachePoint cachePoint(JsonMember block) {
        JsonMember control = block.get("cache_control");
        return control.absent() ? null : new Part.CachePoint(control.get("ttl").optionalText());
    }

    private static String orEmpty(JsonMember text) {
        return text.absent() ? "" : text.text();
    }
}
