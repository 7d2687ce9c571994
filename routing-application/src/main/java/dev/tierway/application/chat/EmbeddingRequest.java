package dev.tierway.application.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for embeddings of texts. They are made by one replica, together, or not at all.
 *
 * @param inputs the texts, in the order of the answer
 * @param dimensions how many numbers each embedding should have; null leaves it to the model
 * @param inputType what the texts are for, by which some models embed differently: {@code search_document},
 *     {@code search_query}, {@code classification}, {@code clustering} or a vendor's own; null if it isn't said
 * @param user the caller's own name for its user; null if none
 * @param extra what these types have no place for
 */
public record EmbeddingRequest(
        List<String> inputs,
        @Nullable Integer dimensions,
        @Nullable String inputType,
        @Nullable String user,
        Extra extra)
        implements NeutralRequest {
    /** @throws IllegalArgumentException without texts, or for dimensions below 1 */
    public EmbeddingRequest {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a request for embeddings needs at least one text");
        }
        if (dimensions != null && dimensions < 1) {
            throw new IllegalArgumentException("dimensions must be 1 or more, not " + dimensions);
        }
    }

    public static EmbeddingRequest of(String... inputs) {
        return of(List.of(inputs));
    }

    public static EmbeddingRequest of(List<String> inputs) {
        return new EmbeddingRequest(inputs, null, null, null, Extra.NONE);
    }

    /** The same with embeddings of that many numbers. */
    public EmbeddingRequest withDimensions(int wanted) {
        return new EmbeddingRequest(inputs, wanted, inputType, user, extra);
    }

    /** The same with what the texts are for. */
    public EmbeddingRequest withInputType(String purpose) {
        return new EmbeddingRequest(inputs, dimensions, purpose, user, extra);
    }
}
