package dev.tierway.domain.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded conversation, step by step. */
final class Workflow {
    private final LoopRules rules;
    private final List<ToolUse> results = new ArrayList<>();
    private WorkflowSteps steps = WorkflowSteps.NONE;

    Workflow(LoopRules rules) {
        this.rules = rules;
    }

    /** An agent answers. */
    List<Loop> says(String agent, String answer) {
        return says(agent, answer, null);
    }

    List<Loop> says(String agent, String answer, @Nullable String state) {
        return add(agent, answer, state, List.of());
    }

    /** The result of a tool call made before, to come with the next step. */
    Workflow result(String call, String result) {
        results.add(new ToolUse("tool", Fingerprint.of(call), Fingerprint.of(result)));
        return this;
    }

    /** An agent asks for tools. */
    List<Loop> calls(String agent, String... calls) {
        return add(
                agent,
                String.join(",", calls),
                null,
                Arrays.stream(calls)
                        .map(call -> new ToolUse("tool", Fingerprint.of(call), null))
                        .toList());
    }

    private List<Loop> add(String agent, String answer, @Nullable String state, List<ToolUse> made) {
        AgentStep step = new AgentStep(
                agent, Fingerprint.of(answer), state == null ? null : Fingerprint.of(state), results, made);
        results.clear();
        steps = steps.and(step, rules);
        return steps.loops(rules);
    }

    int remembered() {
        return steps.steps().size();
    }
}
