package dev.tierway.domain.agent;

import java.util.List;

/**
 * A workflow goes round in circles.
 *
 * @param times how often what is repeated was seen; for {@link LoopKind#PING_PONG} the turns each agent had
 * @param agents who takes part, in the order of their turns
 * @param what the repeated tool's name; "" for other kinds
 */
public record Loop(LoopKind kind, int times, List<String> agents, String what) {
    public Loop {
        agents = List.copyOf(agents);
    }

    /** For people and models. */
    public String message() {
        return switch (kind) {
            case SAME_OUTPUT -> named(agents.getFirst()) + " gave the same answer " + times + " times in a row";
            case SAME_STATE -> "the workflow's state has not changed for " + times + " calls";
            case PING_PONG ->
                named(agents.getFirst()) + " and " + named(agents.getLast()) + " have called in turn " + times
                        + " times each without progress";
            case SAME_TOOL_CALL ->
                named(agents.getFirst()) + " asked for tool '" + what + "' " + times
                        + " times with the same arguments and learned nothing new";
        };
    }

    private static String named(String agent) {
        return agent.isEmpty() ? "the agent" : "agent '" + agent + "'";
    }
}
