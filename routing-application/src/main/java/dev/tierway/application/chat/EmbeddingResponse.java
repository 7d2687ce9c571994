package dev.tierway.application.chat;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;

/**
 * Embeddings, one per text asked about, in that order.
 *
 * @param model the vendor's name of the model that made them
 * @param embeddings never empty, and of one size
 */
public record EmbeddingResponse(String model, List<Embedding> embeddings, TokenUsage usage) implements NeutralReply {
    /** @throws IllegalArgumentException without embeddings, or for some of another size */
    public EmbeddingResponse {
        embeddings = List.copyOf(embeddings);
        if (embeddings.isEmpty()) {
            throw new IllegalArgumentException("an answer without embeddings is no answer");
        }
        int size = embeddings.getFirst().dimensions();
        if (embeddings.stream().anyMatch(embedding -> embedding.dimensions() != size)) {
            throw new IllegalArgumentException("the embeddings of one answer have different sizes");
        }
    }

    /** How many numbers each embedding has. */
    public int dimensions() {
        return embeddings.getFirst().dimensions();
    }
}
