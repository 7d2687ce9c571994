package dev.tierway.application.chat;

import dev.tierway.domain.money.TokenUsage;
import java.util.List;

/**
 * A whole answer.
 *
 * @param id the vendor's name for it
 * @param model the vendor's name of the model that answered
 * @param choices one per answer asked for; never empty
 */
public record ChatResponse(String id, String model, long createdEpochSeconds, List<Choice> choices, TokenUsage usage) {
    public ChatResponse {
        choices = List.copyOf(choices);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("an answer without choices is no answer");
        }
    }

    /** One answer. */
    public record Choice(ChatMessage message, FinishReason finishReason) {}

    /** Text of the first choice. */
    public String text() {
        return choices.getFirst().message().text();
    }

    /** Tool calls of the first choice. */
    public List<ToolCall> toolCalls() {
        return choices.getFirst().message().toolCalls();
    }
}
