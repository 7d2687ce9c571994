package dev.tierway.application.tools;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.domain.call.Selection;
import java.util.List;

/**
 * One call of a conversation and the tools it led to.
 *
 * @param number from 1
 * @param selection who answered, and why
 * @param stored whether the answer was paid for before a crash, and is the kept one
 * @param uses in the order of the model's calls; empty if it called none, or the conversation ended before
 */
public record ToolStep(int number, Selection selection, ChatResponse response, boolean stored, List<ToolUse> uses) {
    public ToolStep {
        uses = List.copyOf(uses);
    }

    ToolStep with(List<ToolUse> done) {
        return new ToolStep(number, selection, response, stored, done);
    }
}
