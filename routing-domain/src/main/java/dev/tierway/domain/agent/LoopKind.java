package dev.tierway.domain.agent;

import java.util.Locale;

/** How a workflow goes round in circles. */
public enum LoopKind {
    /** An agent gives the same answer time and again. */
    SAME_OUTPUT,
    /** Calls are made, and the workflow's state stays what it is. */
    SAME_STATE,
    /** Two agents call in turn, and the state, if it is told, comes back. */
    PING_PONG,
    /** An agent asks for the same tool with the same arguments, and gets the same result. */
    SAME_TOOL_CALL;

    /** The name in configuration, decisions and metrics. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
