package dev.tierway.application.port.out;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.NeutralRequest;

/** What is asked of a model: in neutral types, or in a client's own bytes. */
public sealed interface Payload {
    Operation operation();

    /** The request in neutral types, decoded if need be. */
    NeutralRequest neutral();

    /**
     * The request for a chat answer in neutral types.
     *
     * @throws IllegalArgumentException if something else is asked
     */
    default ChatRequest chat() {
        return switch (neutral()) {
            case ChatRequest chat -> chat;
            case EmbeddingRequest embeddings -> throw new IllegalArgumentException("embeddings are asked, not a chat");
        };
    }

    /**
     * The request for embeddings in neutral types.
     *
     * @throws IllegalArgumentException if something else is asked
     */
    default EmbeddingRequest embeddings() {
        return switch (neutral()) {
            case EmbeddingRequest embeddings -> embeddings;
            case ChatRequest chat -> throw new IllegalArgumentException("a chat is asked, not embeddings");
        };
    }

    record Neutral(NeutralRequest neutral) implements Payload {
        @Override
        public Operation operation() {
            return switch (neutral) {
                case ChatRequest chat -> Operation.CHAT;
                case EmbeddingRequest embeddings -> Operation.EMBEDDINGS;
            };
        }
    }

    record Wire(WireRequest request) implements Payload {
        @Override
        public Operation operation() {
            return request.format() == WireFormat.OPENAI_EMBEDDINGS ? Operation.EMBEDDINGS : Operation.CHAT;
        }

        @Override
        public NeutralRequest neutral() {
            return request.neutral().get();
        }
    }
}
