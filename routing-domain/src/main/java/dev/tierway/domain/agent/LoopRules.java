package dev.tierway.domain.agent;

/**
 * When a workflow counts as going round in circles.
 *
 * @param sameOutput equal answers of one agent in a row; 0: not looked at; like the others, else 2 or more
 * @param sameState calls in a row that tell the same state
 * @param pingPong times each of two agents has had its turn
 * @param sameToolCall equal tool calls of one agent
 * @param window how many steps of a workflow are looked back at
 */
public record LoopRules(int sameOutput, int sameState, int pingPong, int sameToolCall, int window, LoopAction action) {
    public static final LoopRules DEFAULT = new LoopRules(3, 5, 4, 3, 20, LoopAction.WARN);

    public LoopRules {
        atLeastTwo("same-output", sameOutput);
        atLeastTwo("same-state", sameState);
        atLeastTwo("ping-pong", pingPong);
        atLeastTwo("same-tool-call", sameToolCall);
        int longest = StrictMath.max(StrictMath.max(sameOutput, sameState), StrictMath.max(2 * pingPong, sameToolCall));
        if (window < longest) {
            throw new IllegalArgumentException(
                    "a window of " + window + " steps can't show a loop of " + longest + ": raise window");
        }
    }

    private static void atLeastTwo(String name, int times) {
        if (times < 0 || times == 1) {
            throw new IllegalArgumentException(name + " must be 2 or more, or 0 for off, not " + times);
        }
    }
}
