package dev.tierway.application.chat;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param id the vendor's name for it
 * @param model the vendor's name of the model that answered
 * @param choices one per answer asked for; never empty
 */
public record ChatResponse(String id, String model, long createdEpochSeconds, List<Choice> choices, TokenUsage usage)
        implements NeutralReply {
    public ChatResponse {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("an answer without choices is no answer");
        }
    }

    /**
     * One answer.
     *
     * @param stopSequence which of the caller's sequences ended it; null if none did or the vendor doesn't tell
     * @param logProbs of its tokens, if they were asked for
     */
    public record Choice(
            ChatMessage message,
            FinishReason finishReason,
            @Nullable String stopSequence,
            List<TokenLogProb> logProbs) {
        public Choice {
            logProbs = List.copyOf(logProbs);
        }

        public Choice(ChatMessage message, FinishReason finishReason) {
            this(message, finishReason, null, List.of());
        }
    }

    /** Text of the first choice. */
    public String text() {
        return choices.getFirst().message().text();
    }

    /** Tool calls of the first choice. */
    public List<ToolCall> toolCalls() {
        return choices.getFirst().message().toolCalls();
    }
}
