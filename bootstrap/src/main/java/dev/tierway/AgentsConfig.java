package dev.tierway;

import dev.tierway.application.checkpoint.CheckpointSettings;
import dev.tierway.application.toolaccess.ToolRules;

/**
 * What agents may do, and what is kept of their work.
 *
 * @param tools who may use which tool
 * @param checkpoints whether completed steps of workflows are kept, so that nobody pays for them again
 */
public record AgentsConfig(ToolRules tools, CheckpointSettings checkpoints) {
    public static final AgentsConfig DEFAULTS = new AgentsConfig(ToolRules.NONE, CheckpointSettings.OFF);
}
