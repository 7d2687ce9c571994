package dev.tierway.adapter.providers.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/**
 * What texts a simulated model is to embed.
 *
 * @param dimensions how many numbers are wanted; 0: as the script says
 * @param base64 whether they are wanted as bytes
 */
record EmbeddingAsk(String model, List<String> inputs, int dimensions, boolean base64) {
    static EmbeddingAsk of(EmbeddingRequest request, String model) {
        Integer wanted = request.dimensions();
        return new EmbeddingAsk(model, request.inputs(), wanted == null ? 0 : wanted, false);
    }

    static EmbeddingAsk of(JsonNode body) {
        List<String> inputs = new ArrayList<>();
        JsonNode input = body.path("input");
        boolean one = input.isTextual() || (input.isArray() && input.path(0).isNumber());
        for (JsonNode element : one ? List.of(input) : input) {
            inputs.add(element.isTextual() ? element.textValue() : element.toString());
        }
        return new EmbeddingAsk(
                body.path("model").asText(""),
                inputs,
                Math.clamp(body.path("dimensions").asInt(0), 0, 1 << 14),
                body.path("encoding_format").asText("").equals("base64"));
    }

    long tokens() {
        return SimulatedAsk.tokens(inputs.stream().mapToLong(String::length).sum(), 0);
    }

    List<Embedding> embeddings(SimulatedScript script) {
        int size = dimensions == 0 ? script.dimensions() : dimensions;
        return inputs.stream().map(text -> SimulatedEmbedding.of(text, size)).toList();
    }

    /** The same as an ask for an answer without text. */
    SimulatedAsk asked(String where) {
        return new SimulatedAsk(model, where, "", tokens(), null, null, false, null, null, 1);
    }

    SimulatedAnswer answer() {
        return new SimulatedAnswer(List.of(), null, "", false, TokenUsage.reported(tokens(), 0));
    }
}
