package dev.tierway.adapter.http.responses;

import dev.tierway.adapter.http.openai.DataUrl;
import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a response's input into messages: an assistant's reasoning, text and calls are items of their own
 * there, and parts of one message here.
 */
final class ItemDecoder {
    private final ChatRequest.Builder request;
    private final List<Part> parts = new ArrayList<>();
    private final List<ToolCall> calls = new ArrayList<>();

    ItemDecoder(ChatRequest.Builder request) {
        this.request = request;
    }

    void item(JsonMember item) {
        String type = item.get("type").absent() ? "message" : item.get("type").text();
        switch (type) {
            case "message" -> message(item);
            case "reasoning" -> reasoning(item);
            case "function_call" ->
                calls.add(new ToolCall(
                        item.get("call_id").text(), item.get("name").text(), arguments(item.get("arguments"))));
            case "function_call_output" -> {
                over();
                request.message(new ChatMessage(
                        Role.TOOL,
                        contents(item.get("output")),
                        null,
                        List.of(),
                        item.get("call_id").text()));
            }
            default -> throw item.get("type").unsupported("'" + type + "' can't be translated");
        }
    }

    private static JsonText arguments(JsonMember arguments) {
        return arguments.text().isBlank() ? JsonText.EMPTY_OBJECT : new JsonText(arguments.text());
    }

    private void message(JsonMember item) {
        Role role = ResponsesRequestDecoder.role(item.get("role"));
        List<Part> contents = contents(item.get("content"));
        if (role != Role.ASSISTANT) {
            over();
            request.message(new ChatMessage(role, contents, null, List.of(), null));
            return;
        }
        if (!calls.isEmpty() || parts.stream().anyMatch(part -> !isReasoning(part))) {
            over();
        }
        parts.addAll(contents);
    }

    private static boolean isReasoning(Part part) {
        return part instanceof Part.Reasoning || part instanceof Part.SealedReasoning;
    }

    private void reasoning(JsonMember item) {
        if (!calls.isEmpty() || parts.stream().anyMatch(part -> !isReasoning(part))) {
            over();
        }
        StringBuilder text = new StringBuilder();
        item.get("summary")
                .elements()
                .forEach(part -> text.append(part.get("text").text()));
        String sealed = item.get("encrypted_content").optionalText();
        parts.add(EncryptedContent.part(text.toString(), sealed));
    }

    /** What the assistant said so far is a message of its own. */
    void over() {
        if (!parts.isEmpty() || !calls.isEmpty()) {
            request.message(new ChatMessage(Role.ASSISTANT, parts, null, calls, null));
            parts.clear();
            calls.clear();
        }
    }

    private static List<Part> contents(JsonMember content) {
        if (content.isText()) {
            return List.of(new Part.Text(content.text()));
        }
        List<Part> read = new ArrayList<>();
        content.elements().forEach(part -> part(part, read));
        return read;
    }

    private static void part(JsonMember part, List<Part> to) {
        String type = part.get("type").text();
        switch (type) {
            case "input_text", "output_text" -> {
                to.add(new Part.Text(part.get("text").text()));
                part.get("annotations").elements().forEach(annotation -> to.add(citation(annotation)));
            }
            case "refusal" -> to.add(new Part.Refusal(part.get("refusal").text()));
            case "input_image" -> to.add(image(part));
            case "input_file" -> to.add(file(part));
            default -> throw part.get("type").unsupported("'" + type + "' can't be translated");
        }
    }

    private static Part citation(JsonMember annotation) {
        return new Part.Citation(
                annotation.get("url").optionalText(),
                annotation.get("title").optionalText(),
                null,
                index(annotation.get("start_index")),
                index(annotation.get("end_index")));
    }

    private static @Nullable Integer index(JsonMember member) {
        Long at = member.optionalWholeNumber();
        return at == null ? null : Math.toIntExact(at);
    }

    private static Part image(JsonMember part) {
        JsonMember url = part.get("image_url");
        if (url.absent()) {
            throw part.unsupported("can't be translated unless its 'image_url' is given");
        }
        String detail = part.get("detail").optionalText();
        if (!url.text().startsWith("data:")) {
            return new Part.ImageUrl(url.text(), detail);
        }
        DataUrl data = DataUrl.of(url);
        return new Part.Image(data.mediaType(), data.base64(), detail);
    }

    private static Part file(JsonMember part) {
        String name = part.get("filename").optionalText();
        if (!part.get("file_url").absent()) {
            return new Part.FileUrl(name, null, part.get("file_url").text());
        }
        if (part.get("file_data").absent()) {
            throw part.unsupported("can't be translated unless its 'file_data' or 'file_url' is given");
        }
        DataUrl data = DataUrl.of(part.get("file_data"));
        return new Part.File(name, data.mediaType(), data.base64());
    }
}
