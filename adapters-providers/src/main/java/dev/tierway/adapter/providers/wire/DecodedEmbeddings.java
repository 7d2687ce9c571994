package dev.tierway.adapter.providers.wire;

import dev.tierway.application.chat.Embedding;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a whole body of embeddings says.
 *
 * @param model the vendor's name of the model; empty if it doesn't say
 * @param embeddings in the order of the texts asked about; empty if only their size was wanted
 * @param count how many there are
 * @param dimensions how many numbers each has
 * @param usage as reported; null if it isn't, or can't be true
 */
public record DecodedEmbeddings(
        String model,
        List<Embedding> embeddings,
        int count,
        int dimensions,
        @Nullable TokenUsage usage) {
    public DecodedEmbeddings {
        embeddings = List.copyOf(embeddings);
    }

    /** Of a reply that was decoded whole. */
    public static DecodedEmbeddings of(String model, List<Embedding> embeddings, @Nullable TokenUsage usage) {
        int dimensions = embeddings.isEmpty() ? 0 : embeddings.getFirst().dimensions();
        return new DecodedEmbeddings(model, embeddings, embeddings.size(), dimensions, usage);
    }
}
