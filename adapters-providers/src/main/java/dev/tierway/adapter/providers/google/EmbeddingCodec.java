package dev.tierway.adapter.providers.google;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.wire.VendorError;
import dev.tierway.adapter.providers.wire.VendorErrorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of {@code batchEmbedContents} (Generative Language API) and {@code embedContent} (Vertex AI, one text a call),
 * and what they answer.
 */
final class EmbeddingCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EmbeddingCodec() {}

    /**
     * Embeddings of one answer, in the order of the texts.
     *
     * @param inputTokens null if not told
     */
    record Embedded(List<float[]> vectors, @Nullable Long inputTokens) {
        Embedded {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * A batch, kept together.
     *
     * @param model as in the path, e.g. {@code models/gemini-embedding-001}
     * @param dimensions null for the model's own
     */
    static byte[] batch(String model, List<String> texts, @Nullable Integer dimensions) {
        return written(json -> {
            json.writeArrayFieldStart("requests");
            for (String text : texts) {
                json.writeStartObject();
                json.writeStringField("model", model);
                content(json, text, dimensions);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** One text. */
    static byte[] single(String text, @Nullable Integer dimensions) {
        return written(json -> content(json, text, dimensions));
    }

    private static void content(JsonGenerator json, String text, @Nullable Integer dimensions) throws IOException {
        json.writeObjectFieldStart("content");
        json.writeArrayFieldStart("parts");
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        if (dimensions != null) {
            json.writeNumberField("outputDimensionality", dimensions);
        }
    }

    /**
     * An answer of either.
     *
     * @param texts how many vectors it must hold
     * @throws VendorErrorException if it is an error instead
     * @throws IOException if it is neither
     */
    static Embedded decode(byte[] body, int texts) throws IOException, VendorErrorException {
        JsonNode root = JSON.readTree(body);
        if (root.has("error")) {
            throw new VendorErrorException(VendorError.parse(body, 0, body.length));
        }
        List<float[]> vectors = new ArrayList<>();
        if (root.path("embedding").isObject()) {
            vectors.add(vector(root.path("embedding")));
        }
        for (JsonNode embedding : root.path("embeddings")) {
            vectors.add(vector(embedding));
        }
        if (vectors.size() != texts) {
            throw new IOException(vectors.size() + " embeddings for " + texts + " texts");
        }
        JsonNode tokens = root.path("usageMetadata").path("promptTokenCount");
        boolean told = tokens.isIntegralNumber() && tokens.canConvertToLong() && tokens.longValue() >= 0;
        return new Embedded(vectors, told ? tokens.longValue() : null);
    }

    private static float[] vector(JsonNode embedding) throws IOException {
        JsonNode values = embedding.path("values");
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!values.get(i).isNumber()) {
                throw new IOException("an embedding that is not made of numbers");
            }
            vector[i] = values.get(i).floatValue();
        }
        if (vector.length == 0) {
            throw new IOException("an embedding without values");
        }
        return vector;
    }

    private static byte[] written(Members members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
