package dev.tierway.adapter.providers.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.EmbeddingDecoder;
import dev.tierway.adapter.providers.wire.FloatLists;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.EmbeddingRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code POST /api/embed}, both ways. */
final class OllamaEmbeddings implements EmbeddingDecoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    static byte[] encode(EmbeddingRequest request, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        ArrayNode input = body.putArray("input");
        request.inputs().forEach(input::add);
        if (request.dimensions() != null) {
            body.put("dimensions", request.dimensions());
        }
        request.extra().sentIn(OllamaTransportFactory.OLLAMA).forEach((name, value) -> {
            if (!body.has(name)) {
                body.putRawValue(name, new RawValue(value.json()));
            }
        });
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    @Override
    public DecodedEmbeddings whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        if (root != null && root.has("error")) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        if (root == null || !root.path("embeddings").isArray()) {
            throw new IOException("a reply without embeddings");
        }
        ObjectNode counts = JSON.createObjectNode().put("eval_count", 0);
        counts.set("prompt_eval_count", root.path("prompt_eval_count"));
        return DecodedEmbeddings.of(
                root.path("model").asText(""),
                FloatLists.embeddings(root.path("embeddings")),
                OllamaReplyDecoder.usage(counts));
    }
}
