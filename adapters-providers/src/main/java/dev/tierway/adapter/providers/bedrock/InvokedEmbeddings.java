package dev.tierway.adapter.providers.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tierway.adapter.providers.wire.BedrockEmbeddings;
import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.EmbeddingDecoder;
import dev.tierway.adapter.providers.wire.FloatLists;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Bodies of {@code InvokeModel} for Titan's and Cohere's embeddings, both ways. Cohere's replies tell no usage. */
final class InvokedEmbeddings implements EmbeddingDecoder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ABSURD = 100_000_000;
    /** It must be told; texts are kept to be searched more often than anything else. */
    private static final String USUAL_TYPE = "search_document";

    private final String model;

    /** @param model as it was asked: replies don't name it */
    InvokedEmbeddings(String model) {
        this.model = model;
    }

    /** @throws IllegalArgumentException for a model without embeddings, or several texts where one is all a call takes */
    static byte[] encode(EmbeddingRequest request, String model) {
        BedrockEmbeddings how = BedrockEmbeddings.of(model);
        if (how == BedrockEmbeddings.NONE) {
            throw new IllegalArgumentException(
                    "'" + model + "' isn't the id of a model of Titan's or Cohere's that makes embeddings");
        }
        ObjectNode body = how.titan() ? titan(request) : cohere(request);
        if (request.dimensions() != null && how.takesDimensions()) {
            body.put(how.titan() ? "dimensions" : "output_dimension", request.dimensions());
        }
        request.extra().sentIn(ConverseApi.VENDOR).forEach((name, value) -> {
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

    private static ObjectNode titan(EmbeddingRequest request) {
        if (request.inputs().size() > 1) {
            throw new IllegalArgumentException(
                    "Titan takes one text a call, not " + request.inputs().size() + ": send them one by one");
        }
        return JSON.createObjectNode().put("inputText", request.inputs().getFirst());
    }

    private static ObjectNode cohere(EmbeddingRequest request) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode texts = body.putArray("texts");
        request.inputs().forEach(texts::add);
        body.put("input_type", request.inputType() == null ? USUAL_TYPE : request.inputType());
        body.putArray("embedding_types").add("float");
        return body;
    }

    @Override
    public DecodedEmbeddings whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        if (root == null) {
            throw new IOException("an empty reply");
        }
        JsonNode lists = root.path("embeddings");
        if (lists.isObject()) {
            lists = lists.path("float");
        }
        if (root.path("embedding").isArray()) {
            lists = JSON.createArrayNode().add(root.path("embedding"));
        }
        if (!lists.isArray()) {
            if (root.has("message")) {
                throw new VendorErrorException(VendorError.parse(body, 0, body.length));
            }
            throw new IOException("a reply without embeddings");
        }
        return DecodedEmbeddings.of(model, FloatLists.embeddings(lists), usage(root.path("inputTextTokenCount")));
    }

    private static @Nullable TokenUsage usage(JsonNode count) {
        boolean sound = count.isIntegralNumber()
                && count.canConvertToLong()
                && count.longValue() >= 0
                && count.longValue() <= ABSURD;
        return sound ? TokenUsage.reported(count.longValue(), 0) : null;
    }
}
