package dev.tierway.adapter.http.openai;

import dev.tierway.adapter.http.wire.JsonMember;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.error.InvalidRequestException;
import java.util.List;
import java.util.Set;

/** Reads the body of a request for embeddings into neutral types. */
final class EmbeddingRequestDecoder {
    private static final Set<String> PLACED =
            Set.of("model", "tierway", "input", "dimensions", "encoding_format", "input_type", "user");

    private EmbeddingRequestDecoder() {}

    /** @throws InvalidRequestException naming the part that is wrong, or that no other dialect can express */
    static EmbeddingRequest decode(byte[] body) {
        JsonMember root = OpenAiRequestDecoder.root(body);
        Long dimensions = root.get("dimensions").optionalWholeNumber();
        String format = root.get("encoding_format").optionalText();
        if (format != null && !format.equals("float") && !format.equals("base64")) {
            throw root.get("encoding_format").unsupported("must be float or base64 to be translated");
        }
        try {
            return new EmbeddingRequest(
                    inputs(root.get("input")),
                    dimensions == null ? null : Math.toIntExact(dimensions),
                    root.get("input_type").optionalText(),
                    root.get("user").optionalText(),
                    ExtraMembers.of(root, PLACED, ExtraMembers.DIALECT));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw OpenAiRequestDecoder.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> inputs(JsonMember input) {
        return input.isText()
                ? List.of(input.text())
                : input.elements().stream()
                        .map(element -> {
                            if (!element.isText()) {
                                throw element.unsupported("holds tokens, which mean something to one model only");
                            }
                            return element.text();
                        })
                        .toList();
    }
}
