package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.explain.CallCost;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation with tools came to.
 *
 * @param response the last one
 * @param steps every call with its decision and its tools; never empty
 * @param messages the whole conversation, to go on with
 * @param usage of the calls that were made now; kept answers used nothing
 * @param cost of the same; null if the price of one is unknown
 */
public record ToolAnswer(
        ChatResponse response,
        List<ToolStep> steps,
        List<ChatMessage> messages,
        TokenUsage usage,
        @Nullable NanoUsd cost,
        ToolEnd end) {
    public ToolAnswer {
        steps = List.copyOf(steps);
        messages = List.copyOf(messages);
    }

    static ToolAnswer of(List<ToolStep> steps, List<ChatMessage> messages, ToolEnd end) {
        TokenUsage used = TokenUsage.reported(0, 0);
        NanoUsd paid = NanoUsd.ZERO;
        for (ToolStep step : steps) {
            if (!step.stored()) {
                used = sum(used, step.response().usage());
            }
            NanoUsd cost = CallCost.of(step.selection());
            paid = paid == null || cost == null ? null : paid.plus(cost);
        }
        return new ToolAnswer(steps.getLast().response(), steps, messages, used, paid, end);
    }

    private static TokenUsage sum(TokenUsage one, TokenUsage two) {
        return new TokenUsage(
                one.input() + two.input(),
                one.cachedInput() + two.cachedInput(),
                one.cacheWrite() + two.cacheWrite(),
                one.cacheWriteHour() + two.cacheWriteHour(),
                one.audioInput() + two.audioInput(),
                one.imageInput() + two.imageInput(),
                one.output() + two.output(),
                one.reasoning() + two.reasoning(),
                one.audioOutput() + two.audioOutput(),
                one.imageOutput() + two.imageOutput(),
                one.how() == TokenUsage.Counted.ESTIMATED ? one.how() : two.how());
    }

    /** Text of the last answer. */
    public String text() {
        return response.text();
    }
}
