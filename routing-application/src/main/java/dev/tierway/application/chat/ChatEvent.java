package dev.tierway.application.chat;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;
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

    /**
     * A piece of the model's reasoning.
     *
     * @param signature of the reasoning before it; null if none
     * @param vendor whose signature it is; null if none
     */
    record ReasoningDelta(
            int choice,
            String text,
            @Nullable String signature,
            @Nullable String vendor) implements ChatEvent {
        @Override
        public boolean semantic() {
            return !text.isEmpty() || signature != null;
        }
    }

    /** Reasoning that only its vendor can read, whole. */
    record SealedReasoning(int choice, String data, String vendor) implements ChatEvent {}

    /** Where something in the text so far comes from. */
    record Cited(int choice, Part.Citation citation) implements ChatEvent {}

    /** How likely the latest tokens were. */
    record LogProbs(int choice, List<TokenLogProb> tokens) implements ChatEvent {
        public LogProbs {
            tokens = List.copyOf(tokens);
        }

        @Override
        public boolean semantic() {
            return false;
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

    /** @param stopSequence which of the caller's sequences ended it; null if none did or the vendor doesn't tell */
    record Finished(
            int choice, FinishReason reason, @Nullable String stopSequence) implements ChatEvent {
        public Finished(int choice, FinishReason reason) {
            this(choice, reason, null);
        }
    }

    record Usage(TokenUsage usage) implements ChatEvent {
        @Override
        public boolean semantic() {
            return false;
        }
    }
}
