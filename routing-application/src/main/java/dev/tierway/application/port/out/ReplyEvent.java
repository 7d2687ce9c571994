package dev.tierway.application.port.out;

import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.NeutralReply;

/** A piece of a reply on its way to the caller. */
public sealed interface ReplyEvent {
    /** Whether it commits the call. */
    boolean semantic();

    /** Bytes it occupies while held back, roughly. */
    int size();

    /**
     * Bytes in the dialect the caller spoke: one whole server-sent event with its blank line (never the final
     * {@code [DONE]}), or one whole unary body.
     *
     * @param bytes owned by the receiver
     */
    record Frame(byte[] bytes, Kind kind) implements ReplyEvent {
        /** What the frame holds. */
        public enum Kind {
            /** Role chunks, pings, empty choices. */
            PREAMBLE,
            SEMANTIC,
            /** Usage alone: shown only to callers that asked for it. */
            USAGE
        }

        @Override
        public boolean semantic() {
            return kind == Kind.SEMANTIC;
        }

        @Override
        public int size() {
            return bytes.length;
        }
    }

    /** A streamed piece in neutral types, for a caller of another dialect or none. */
    record Piece(ChatEvent event) implements ReplyEvent {
        @Override
        public boolean semantic() {
            return event.semantic();
        }

        @Override
        public int size() {
            return 64;
        }
    }

    /** A whole unary reply in neutral types. */
    record Whole(NeutralReply reply) implements ReplyEvent {
        /**
         * The chat answer it is.
         *
         * @throws IllegalStateException if it is another
         */
        public ChatResponse response() {
            return switch (reply) {
                case ChatResponse chat -> chat;
                case EmbeddingResponse embeddings -> throw new IllegalStateException("embeddings in answer to a chat");
            };
        }

        @Override
        public boolean semantic() {
            return true;
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
