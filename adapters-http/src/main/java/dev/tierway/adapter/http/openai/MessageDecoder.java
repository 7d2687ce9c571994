package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads one message of a chat completion's body into neutral types. */
final class MessageDecoder {
    private static final Set<String> KNOWN =
            Set.of("role", "content", "name", "tool_calls", "tool_call_id", "refusal", "reasoning_content");

    private MessageDecoder() {}

    static ChatMessage message(JsonMember message) {
        message.requireOnly(KNOWN);
        List<Part> parts = new ArrayList<>();
        if (!message.get("reasoning_content").absent()) {
            parts.add(new Part.Reasoning(message.get("reasoning_content").text(), null, null));
        }
        JsonMember content = message.get("content");
        if (content.isText()) {
            parts.add(new Part.Text(content.text()));
        } else {
            content.elements().forEach(part -> parts.add(part(part)));
        }
        if (!message.get("refusal").absent()) {
            parts.add(new Part.Refusal(message.get("refusal").text()));
        }
        List<ToolCall> calls = message.get("tool_calls").elements().stream()
                .map(ToolDecoder::call)
                .toList();
        return new ChatMessage(
                role(message.get("role")),
                parts,
                message.get("name").optionalText(),
                calls,
                message.get("tool_call_id").optionalText());
    }

    private static Role role(JsonMember role) {
        return switch (role.text()) {
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default -> throw role.unsupported("'" + role.text() + "' is not a role other providers know");
        };
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
        if (file.get("file_data").absent()) {
            throw file.unsupported("can't be translated unless its 'file_data' is given");
        }
        DataUrl data = DataUrl.of(file.get("file_data"));
        return new Part.File(file.get("filename").optionalText(), data.mediaType(), data.base64());
    }

    /** Bytes given in place of an address. */
    private record DataUrl(String mediaType, String base64) {
        private static final String SCHEME = "data:";
        private static final String BASE64 = ";base64,";

        static DataUrl of(JsonMember url) {
            String text = url.text();
            int comma = text.indexOf(BASE64);
            if (!text.startsWith(SCHEME) || comma < SCHEME.length()) {
                throw url.invalid("must be a URL like data:image/png;base64,…");
            }
            String mediaType = text.substring(SCHEME.length(), comma);
            int parameters = mediaType.indexOf(';');
            return new DataUrl(
                    parameters < 0 ? mediaType : mediaType.substring(0, parameters),
                    text.substring(comma + BASE64.length()));
        }
    }
}
