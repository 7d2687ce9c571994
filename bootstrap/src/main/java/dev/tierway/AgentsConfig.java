package dev.tierway;

import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.agents.LoopSettings;
import dev.tierway.application.checkpoint.CheckpointSettings;
import dev.tierway.application.toolaccess.ToolRules;

/**
 * What agents may do, and what is kept of their work.
 *
 * @param limits how much they may use
 * @param loops when they count as going round in circles, and what comes of it
 * @param tools who may use which tool
 * @param checkpoints whether completed steps of workflows are kept, so that nobody pays for them again
 */
public record AgentsConfig(AgentRules limits, LoopSettings loops, ToolRules tools, CheckpointSettings checkpoints) {
    public static final AgentsConfig DEFAULTS =
            new AgentsConfig(AgentRules.NONE, LoopSettings.DEFAULT, ToolRules.NONE, CheckpointSettings.OFF);
}
