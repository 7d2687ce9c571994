package dev.tierway.application.chat;

import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/** A piece of a streamed answer. */
public sealed interface ChatEvent {
    /** Whether it gives the caller something: the first such event commits the call. */
    default boolean semantic() {
        return true;
    }

    /** The answer's names, before any content. */
    record Begin(String id, String model, long createdEpochSeconds) implements ChatEvent {
        @Override
        public boolean semantic() {
            return false;
        }
    }

    record TextDelta(int choice, String text) implements ChatEvent {
        @Override
        public boolean semantic() {
            return !text.isEmpty();
        }
    }

    record RefusalDelta(int choice, String text) implements ChatEvent {
        @Override
        public boolean semantic() {
            return !text.isEmpty();
        }
    }

    record ReasoningDelta(int choice, String text, @Nullable String signature) implements ChatEvent {
        @Override
        public boolean semantic() {
            return !text.isEmpty() || signature != null;
        }
    }

    /**
     * A piece of a tool call.
     *
     * @param index which of the parallel calls, stable through the stream
     * @param id given once, with the call's first piece; null after it
     * @param name given once, with the call's first piece; null after it
     */
    record ToolCallDelta(
            int choice,
            int index,
            @Nullable String id,
            @Nullable String name,
            String arguments) implements ChatEvent {
        @Override
        public boolean semantic() {
            return id != null || name != null || !arguments.isEmpty();
        }
    }

    record Finished(int choice, FinishReason reason) implements ChatEvent {}

    record Usage(TokenUsage usage) implements ChatEvent {
        @Override
        public boolean semantic() {
            return false;
        }
    }
}
