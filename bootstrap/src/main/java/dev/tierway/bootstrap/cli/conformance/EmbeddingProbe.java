package dev.tierway.bootstrap.cli.conformance;

import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;

/** Two texts at once, as points that can be told apart. */
final class EmbeddingProbe {
    private EmbeddingProbe() {}

    static Outcome embeddings(Line line) {
        EmbeddingResponse answer = line.embed(EmbeddingRequest.of("a cat on a mat", "the price of copper"));
        Unfulfilled.unless(
                answer.embeddings().size() == 2, answer.embeddings().size() + " embeddings came back for 2 texts");
        for (Embedding embedding : answer.embeddings()) {
            for (float value : embedding.values()) {
                Unfulfilled.unless(Float.isFinite(value), "an embedding has a " + value + " in it");
            }
        }
        Unfulfilled.unless(
                !answer.embeddings().getFirst().equals(answer.embeddings().getLast()),
                "two different texts have the same embedding");
        Integer expected = line.subject().model().dimensions();
        Unfulfilled.unless(
                expected == null || expected == answer.dimensions(),
                answer.dimensions() + " dimensions, where the configuration says " + expected);
        return Outcome.pass("2 of " + answer.dimensions() + " dimensions");
    }
}
