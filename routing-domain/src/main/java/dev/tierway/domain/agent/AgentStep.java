package dev.tierway.domain.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a workflow, once its answer is there.
 *
 * @param agent who called; "" if it didn't say
 * @param output the answer's text and tool calls; null: there was no answer
 * @param state what the caller says the workflow's state is; null: not told
 * @param answered the calls of the agent's turn before, with the results this call brought to the model
 * @param made the calls this answer asks for
 */
public record AgentStep(
        String agent,
        @Nullable Fingerprint output,
        @Nullable Fingerprint state,
        List<ToolUse> answered,
        List<ToolUse> made) {
    public AgentStep {
        answered = List.copyOf(answered);
        made = List.copyOf(made);
    }
}
