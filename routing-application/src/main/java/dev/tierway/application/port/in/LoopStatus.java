package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loop that the last answer of a workflow, or of an agent without one, closed.
 *
 * @param kind same_output | same_state | ping_pong | same_tool_call
 * @param agents who takes part, in the order of their turns
 */
public record LoopStatus(
        @Nullable String key,
        @Nullable String workflow,
        @Nullable String agent,
        String kind,
        int times,
        List<String> agents,
        String message) {
    public LoopStatus {
        agents = List.copyOf(agents);
    }
}
