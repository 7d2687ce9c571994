package dev.tierway.application.agents;

import dev.tierway.domain.agent.ExecutionLimits;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much agents may use, as it is configured.
 *
 * @param execution each execution: an agent within a workflow, or, of a call that names no workflow, the agent
 * @param agents executions of single agents by name; what they leave out is as for each
 * @param workflow each workflow, all its agents together
 * @param workflows single workflows by name; what they leave out is as for each
 * @param gateway all calls that name an agent or a workflow, together; never by time
 */
public record AgentRules(
        ExecutionLimits execution,
        Map<String, ExecutionLimits> agents,
        ExecutionLimits workflow,
        Map<String, ExecutionLimits> workflows,
        ExecutionLimits gateway) {
    public static final AgentRules NONE =
            new AgentRules(ExecutionLimits.NONE, Map.of(), ExecutionLimits.NONE, Map.of(), ExecutionLimits.NONE);

    public AgentRules {
        agents = Collections.unmodifiableMap(new TreeMap<>(agents));
        workflows = Collections.unmodifiableMap(new TreeMap<>(workflows));
        if (gateway.elapsed() != null) {
            throw new IllegalArgumentException("elapsed is of executions and workflows: the gateway has no first call");
        }
    }

    /** The same, and each execution may use that much. */
    public static AgentRules each(ExecutionLimits execution) {
        return new AgentRules(execution, Map.of(), ExecutionLimits.NONE, Map.of(), ExecutionLimits.NONE);
    }
}
