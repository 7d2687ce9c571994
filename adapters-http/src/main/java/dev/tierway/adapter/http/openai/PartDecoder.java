package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.Part;
import java.util.List;
import java.util.Set;

/** Reads one part of a message's content into neutral types. */
final class PartDecoder {
    private static final Set<String> KNOWN =
            Set.of("type", "text", "refusal", "image_url", "input_audio", "file", CacheControl.MEMBER);
    private static final Set<String> KNOWN_OF_FILE = Set.of("filename", "file_data");

    private PartDecoder() {}

    /** Adds what it says, and the cache point behind it if it has one. */
    static void add(JsonMember part, List<Part> parts) {
        part.requireOnly(KNOWN);
        parts.add(part(part));
        Part.CachePoint point = CacheControl.of(part);
        if (point != null) {
            parts.add(point);
        }
    }

    private static Part part(JsonMember part) {
        String type = part.get("type").text();
        return switch (type) {
            case "text" -> new Part.Text(part.get("text").text());
            case "refusal" -> new Part.Refusal(part.get("refusal").text());
            case "image_url" -> image(part.get("image_url"));
            case "input_audio" -> {
                JsonMember audio = part.get("input_audio");
                yield new Part.Audio(
                        audio.get("format").text(), audio.get("data").text());
            }
            case "file" -> file(part.get("file"));
            default -> throw part.get("type").unsupported("'" + type + "' can't be translated");
        };
    }

    private static Part image(JsonMember image) {
        JsonMember url = image.isText() ? image : image.get("url");
        String detail = image.isText() ? null : image.get("detail").optionalText();
        if (!url.text().startsWith("data:")) {
            return new Part.ImageUrl(url.text(), detail);
        }
        DataUrl data = DataUrl.of(url);
        return new Part.Image(data.mediaType(), data.base64(), detail);
    }

    private static Part file(JsonMember file) {
        JsonMember given = file.get("file_data");
        if (given.absent() || !file.get("file_id").absent()) {
            throw file.unsupported("can't be translated unless its 'file_data' is given, and no 'file_id'");
        }
        file.requireOnly(KNOWN_OF_FILE);
        if (given.text().startsWith("http")) {
            return new Part.FileUrl(file.get("filename").optionalText(), null, given.text());
        }
        DataUrl data = DataUrl.of(given);
        return new Part.File(file.get("filename").optionalText(), data.mediaType(), data.base64());
    }
}
