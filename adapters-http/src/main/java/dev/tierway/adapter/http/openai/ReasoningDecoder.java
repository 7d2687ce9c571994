package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads the reasoning of an earlier turn: with its signatures if it has them, else as plain text. */
final class ReasoningDecoder {
    private ReasoningDecoder() {}

    static List<Part> parts(JsonMember message) {
        List<Part> parts = new ArrayList<>();
        message.get(SignedReasoning.MEMBER).elements().forEach(detail -> parts.add(detail(detail)));
        if (!parts.isEmpty()) {
            return parts;
        }
        String content = message.get("reasoning_content").optionalText();
        String text =
                content == null || content.isEmpty() ? message.get("reasoning").optionalText() : content;
        return text == null || text.isEmpty() ? List.of() : List.of(new Part.Reasoning(text, null, null));
    }

    private static Part detail(JsonMember detail) {
        String vendor = SignedReasoning.vendor(detail.get("format").optionalText());
        String data = detail.get("data").optionalText();
        String signature = detail.get("signature").optionalText();
        String text = detail.get("text").optionalText();
        if (vendor != null && data != null) {
            return new Part.SealedReasoning(data, vendor);
        }
        return vendor != null && signature != null
                ? new Part.Reasoning(text == null ? "" : text, signature, vendor)
                : new Part.Reasoning(text == null ? "" : text, null, null);
    }
}
