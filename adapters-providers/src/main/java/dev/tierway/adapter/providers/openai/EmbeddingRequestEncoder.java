package dev.tierway.adapter.providers.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tierway.application.chat.EmbeddingRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Writes a neutral request as a body of {@code POST /embeddings}. */
final class EmbeddingRequestEncoder {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> PLACED = Set.of("model", "input", "dimensions", "encoding_format", "user");

    private EmbeddingRequestEncoder() {}

    static byte[] encode(EmbeddingRequest request, String upstreamModel) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model", upstreamModel);
            json.writeArrayFieldStart("input");
            for (String input : request.inputs()) {
                json.writeString(input);
            }
            json.writeEndArray();
            if (request.dimensions() != null) {
                json.writeNumberField("dimensions", request.dimensions());
            }
            if (request.user() != null) {
                json.writeStringField("user", request.user());
            }
            ExtraWriter.write(json, request.extra(), PLACED);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
