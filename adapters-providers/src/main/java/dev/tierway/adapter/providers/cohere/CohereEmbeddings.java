package dev.tierway.adapter.providers.cohere;

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

/** {@code POST /v2/embed}, both ways. */
final class CohereEmbeddings implements EmbeddingDecoder {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** It must be told; texts are kept to be searched more often than anything else. */
    private static final String USUAL_TYPE = "search_document";

    private final String model;

    /** @param model as it was asked: replies don't name it */
    CohereEmbeddings(String model) {
        this.model = model;
    }

    static byte[] encode(EmbeddingRequest request, String model) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.put("input_type", request.inputType() == null ? USUAL_TYPE : request.inputType());
        ArrayNode texts = body.putArray("texts");
        request.inputs().forEach(texts::add);
        body.putArray("embedding_types").add("float");
        if (request.dimensions() != null) {
            body.put("output_dimension", request.dimensions());
        }
        request.extra().sentIn(CohereTransportFactory.COHERE).forEach((name, value) -> {
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
        if (root == null || !root.path("embeddings").path("float").isArray()) {
            if (root != null && root.has("message")) {
                throw new VendorErrorException(VendorError.parse(body, 0, body.length));
            }
            throw new IOException("a reply without embeddings");
        }
        JsonNode billed = root.path("meta").path("billed_units");
        ObjectNode usage = JSON.createObjectNode();
        usage.putObject("tokens").put("output_tokens", 0).set("input_tokens", billed.path("input_tokens"));
        return DecodedEmbeddings.of(
                model, FloatLists.embeddings(root.path("embeddings").path("float")), CohereMembers.usage(usage));
    }
}
