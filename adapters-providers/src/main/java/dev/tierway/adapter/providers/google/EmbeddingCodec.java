package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tierway.adapter.providers.wire.DecodedEmbeddings;
import dev.tierway.adapter.providers.wire.EmbeddingDecoder;
import dev.tierway.adapter.providers.wire.FloatLists;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.domain.money.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings at either door: {@code batchEmbedContents} at the Generative Language API; at Vertex AI {@code predict}, or
 * {@code embedContent}, one text a call, for newer models. Replies don't name the model.
 */
final class EmbeddingCodec implements EmbeddingDecoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Beyond any context window by an order of magnitude: a garbled counter, not a count. */
    private static final long ABSURD = 100_000_000;

    /** What is called for a model. */
    enum Method {
        BATCH("batchEmbedContents"),
        SINGLE("embedContent"),
        PREDICT("predict");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        /** As it follows a model's path. */
        String suffix() {
            return ":" + word;
        }

        /** Vertex AI has Gemini's embeddings after the first, and partners' models, under {@code embedContent} only. */
        static Method of(boolean vertex, String model) {
            if (!vertex) {
                return BATCH;
            }
            String name = model.substring(model.lastIndexOf('/') + 1);
            boolean newer = name.endsWith("-maas") || (name.contains("gemini") && !name.equals("gemini-embedding-001"));
            return newer ? SINGLE : PREDICT;
        }
    }

    private final String model;

    /** @param model as it was asked: replies don't name it */
    EmbeddingCodec(String model) {
        this.model = model;
    }

    /**
     * A request's body.
     *
     * @param path the model's, e.g. {@code models/gemini-embedding-001}
     * @throws IllegalArgumentException for several texts where one is all a call takes
     */
    static byte[] encode(EmbeddingRequest request, Method method, String path) {
        ObjectNode body = JSON.createObjectNode();
        switch (method) {
            case BATCH -> {
                ArrayNode requests = body.putArray("requests");
                for (String text : request.inputs()) {
                    content(requests.addObject().put("model", path), text, request);
                }
            }
            case SINGLE -> {
                if (request.inputs().size() > 1) {
                    throw new IllegalArgumentException("this model takes one text a call at Vertex AI, not "
                            + request.inputs().size() + ": send them one by one");
                }
                content(body, request.inputs().getFirst(), request);
            }
            case PREDICT -> predict(body, request);
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static void content(ObjectNode one, String text, EmbeddingRequest request) {
        one.putObject("content").putArray("parts").addObject().put("text", text);
        if (request.inputType() != null) {
            one.put("taskType", taskType(request.inputType()));
        }
        if (request.dimensions() != null) {
            one.put("outputDimensionality", request.dimensions());
        }
        ExtraMembers.add(request.extra().sentIn(RequestEncoder.DIALECT), one);
    }

    private static void predict(ObjectNode body, EmbeddingRequest request) {
        ArrayNode instances = body.putArray("instances");
        for (String text : request.inputs()) {
            ObjectNode one = instances.addObject().put("content", text);
            if (request.inputType() != null) {
                one.put("task_type", taskType(request.inputType()));
            }
        }
        ObjectNode parameters = JSON.createObjectNode();
        if (request.dimensions() != null) {
            parameters.put("outputDimensionality", request.dimensions());
        }
        ExtraMembers.add(request.extra().sentIn(RequestEncoder.DIALECT), parameters);
        if (!parameters.isEmpty()) {
            body.set("parameters", parameters);
        }
    }

    /** Google's word for it; one we don't know is taken for Google's own. */
    private static String taskType(String inputType) {
        return switch (inputType) {
            case "search_document" -> "RETRIEVAL_DOCUMENT";
            case "search_query" -> "RETRIEVAL_QUERY";
            case String other -> other.toUpperCase(Locale.ROOT);
        };
    }

    @Override
    public DecodedEmbeddings whole(byte[] body) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        if (root == null || root.has("error")) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        ArrayNode lists = JSON.createArrayNode();
        if (root.path("embedding").isObject()) {
            lists.add(root.path("embedding").path("values"));
        }
        root.path("embeddings").forEach(one -> lists.add(one.path("values")));
        root.path("predictions").forEach(one -> lists.add(one.path("embeddings").path("values")));
        if (lists.isEmpty()) {
            throw new IOException("a reply without embeddings");
        }
        return DecodedEmbeddings.of(model, FloatLists.embeddings(lists), usage(root));
    }

    /** Null if it isn't told of every text, or can't be true. */
    private static @Nullable TokenUsage usage(JsonNode root) {
        if (!root.has("predictions")) {
            return reported(root.path("usageMetadata").path("promptTokenCount"));
        }
        long sum = 0;
        for (JsonNode prediction : root.path("predictions")) {
            TokenUsage one =
                    reported(prediction.path("embeddings").path("statistics").path("token_count"));
            if (one == null) {
                return null;
            }
            sum += one.input();
        }
        return TokenUsage.reported(sum, 0);
    }

    private static @Nullable TokenUsage reported(JsonNode count) {
        boolean sound = count.isNumber()
                && count.canConvertToLong()
                && count.longValue() >= 0
                && count.longValue() <= ABSURD
                && count.doubleValue() == count.longValue();
        return sound ? TokenUsage.reported(count.longValue(), 0) : null;
    }
}
