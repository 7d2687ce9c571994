package dev.tierway.application.agents;

import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.LoopRules;

/**
 * How loops are looked for.
 *
 * @param nearDuplicates whether answers that differ in case, space, digits and punctuation alone count as the same
 */
public record LoopSettings(LoopRules rules, boolean nearDuplicates) {
    public static final LoopSettings DEFAULT = new LoopSettings(LoopRules.DEFAULT, false);

    /** Nothing is looked for. */
    public static final LoopSettings OFF = new LoopSettings(new LoopRules(0, 0, 0, 0, 1, LoopAction.WARN), false);

    /** Whether anything is looked for at all. */
    public boolean on() {
        return rules.sameOutput() > 0 || rules.sameState() > 0 || rules.pingPong() > 0 || rules.sameToolCall() > 0;
    }
}
