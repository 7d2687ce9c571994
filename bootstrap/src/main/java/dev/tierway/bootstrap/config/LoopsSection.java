package dev.tierway.bootstrap.config;

import dev.tierway.application.agents.LoopSettings;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.LoopRules;
import java.util.List;

/** {@code agents.loops}. */
final class LoopsSection {
    private static final int MOST = 100;

    static final Key<Integer> SAME_OUTPUT =
            times("same-output", "Equal answers of one agent in a row, tool calls included.", 3);
    static final Key<Integer> SAME_STATE = times("same-state", "Calls in a row that tell the same `state`.", 5);
    static final Key<Integer> PING_PONG = times(
            "ping-pong",
            "Turns that each of two agents has had, one after the other; a new `state` ends the count.",
            4);
    static final Key<Integer> SAME_TOOL_CALL = times(
            "same-tool-call", "Calls of a tool by one agent with the same arguments, which brought nothing new.", 3);
    static final Key<Integer> WINDOW = Key.optional(
                    "window", Quantities.smallCount(1, MOST), "How many answers of a workflow are looked back at.")
            .or("20");
    static final Key<LoopAction> ACTION = Key.optional(
                    "action",
                    Scalars.choice("action", List.of(LoopAction.values()), LoopAction::id),
                    "The answer that closes a loop is handed over, with a warning. `hint`: the next request gets a"
                            + " message that says so to the model, too. `stop`: the next calls are refused, until a"
                            + " reset.")
            .or("warn");
    static final Key<Boolean> NEAR_DUPLICATES = Key.optional(
                    "near-duplicates",
                    Scalars.ON_OR_OFF,
                    "`on`: answers whose letters are the same count as equal, whatever their case, digits, space and"
                            + " punctuation.")
            .or("off");

    static final Section<LoopSettings> SECTION = Section.of(
            "loops",
            "How often something has to come again to count as a loop: 2 or more, or 0 for never.",
            List.of(SAME_OUTPUT, SAME_STATE, PING_PONG, SAME_TOOL_CALL, WINDOW, ACTION, NEAR_DUPLICATES),
            LoopsSection::settings);

    private LoopsSection() {}

    private static Key<Integer> times(String name, String meaning, int usual) {
        return Key.optional(name, Quantities.smallCount(0, MOST), meaning).or(Integer.toString(usual));
    }

    private static LoopSettings settings(Values v) {
        return new LoopSettings(
                new LoopRules(
                        v.value(SAME_OUTPUT),
                        v.value(SAME_STATE),
                        v.value(PING_PONG),
                        v.value(SAME_TOOL_CALL),
                        v.value(WINDOW),
                        v.value(ACTION)),
                v.value(NEAR_DUPLICATES));
    }

    static Shown shown(LoopSettings settings) {
        LoopRules rules = settings.rules();
        return new Shown()
                .put(SAME_OUTPUT, rules.sameOutput())
                .put(SAME_STATE, rules.sameState())
                .put(PING_PONG, rules.pingPong())
                .put(SAME_TOOL_CALL, rules.sameToolCall())
                .put(WINDOW, rules.window())
                .put(ACTION, rules.action().id())
                .put(NEAR_DUPLICATES, settings.nearDuplicates() ? "on" : "off");
    }
}
