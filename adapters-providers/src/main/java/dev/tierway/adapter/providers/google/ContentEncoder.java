package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Role;
import dev.tierway.application.chat.ToolCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the turns of a conversation. All results of one turn's function calls go into one turn, because Gemini counts
 * them.
 */
final class ContentEncoder {
    private final JsonGenerator json;
    private final GeminiModel model;
    private final ThoughtSignatures signatures;
    private final PartEncoder parts;
    private final Map<String, String> functions = new LinkedHashMap<>();

    ContentEncoder(JsonGenerator json, GeminiModel model, ThoughtSignatures signatures) {
        this.json = json;
        this.model = model;
        this.signatures = signatures;
        this.parts = new PartEncoder(json);
    }

    /** The members of {@code systemInstruction}. */
    void instructions(List<ChatMessage> messages) throws IOException {
        json.writeArrayFieldStart("parts");
        for (ChatMessage message : messages) {
            written(message);
        }
        json.writeEndArray();
    }

    /** The elements of {@code contents}. */
    void turns(List<ChatMessage> messages) throws IOException {
        int at = 0;
        while (at < messages.size()) {
            ChatMessage message = messages.get(at);
            if (message.role() == Role.TOOL) {
                at = results(messages, at);
            } else {
                if (message.role() == Role.ASSISTANT) {
                    spoken(message);
                } else {
                    begin("user");
                    written(message);
                    end();
                }
                at++;
            }
        }
    }

    private void begin(String role) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeArrayFieldStart("parts");
    }

    private void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }

    private void written(ChatMessage message) throws IOException {
        for (Part part : message.parts()) {
            parts.write(part, null);
        }
    }

    /** What the model said. A turn of which nothing can be said again is left out: Gemini refuses empty ones. */
    private void spoken(ChatMessage message) throws IOException {
        List<Part> said = message.parts().stream().filter(PartEncoder::hasPlace).toList();
        String ofText = null;
        Part lastText = null;
        for (Part part : message.parts()) {
            String signature = ThoughtSignatures.ofText(part);
            ofText = signature == null ? ofText : signature;
            lastText = part instanceof Part.Text || part instanceof Part.Refusal ? part : lastText;
        }
        if (said.isEmpty() && message.toolCalls().isEmpty() && ofText == null) {
            return;
        }
        begin("model");
        for (Part part : said) {
            parts.write(part, part == lastText ? ofText : null);
        }
        if (ofText != null && lastText == null) {
            parts.write(new Part.Text(""), ofText);
        }
        calls(message);
        end();
    }

    private void calls(ChatMessage message) throws IOException {
        List<@Nullable String> known = new ArrayList<>();
        for (ToolCall call : message.toolCalls()) {
            known.add(signatureOf(call, message.parts()));
        }
        boolean unsigned = known.stream().noneMatch(signature -> signature != null);
        for (int i = 0; i < known.size(); i++) {
            ToolCall call = message.toolCalls().get(i);
            functions.put(call.id(), call.name());
            // Of parallel calls only the first bears a signature.
            boolean excused = i == 0 && unsigned && model.wantsSignatures();
            parts.call(call, excused ? ThoughtSignatures.UNKNOWN : known.get(i));
        }
    }

    private @Nullable String signatureOf(ToolCall call, List<Part> beside) {
        for (Part part : beside) {
            String signature = ThoughtSignatures.ofCall(part, call.id());
            if (signature != null) {
                return signature;
            }
        }
        return signatures.of(call.id());
    }

    /** @return the place after the last of them */
    private int results(List<ChatMessage> messages, int from) throws IOException {
        begin("user");
        int at = from;
        while (at < messages.size() && messages.get(at).role() == Role.TOOL) {
            ChatMessage result = messages.get(at++);
            parts.result(result, functionOf(result));
        }
        end();
        return at;
    }

    private String functionOf(ChatMessage result) {
        String named = functions.get(String.valueOf(result.toolCallId()));
        if (named != null) {
            return named;
        }
        if (result.name() != null) {
            return result.name();
        }
        throw new IllegalArgumentException(
                "the tool result for '" + result.toolCallId() + "' answers no call of the conversation");
    }
}
