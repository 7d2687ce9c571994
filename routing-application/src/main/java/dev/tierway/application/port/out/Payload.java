package dev.tierway.application.port.out;

import dev.tierway.application.chat.ChatRequest;

/** What is asked of a model: in neutral types, or in a client's own bytes. */
public sealed interface Payload {
    /** The request in neutral types, decoded if need be. */
    ChatRequest chat();

    record Neutral(ChatRequest chat) implements Payload {}

    record Wire(WireRequest request) implements Payload {
        @Override
        public ChatRequest chat() {
            return request.chat().get();
        }
    }
}
