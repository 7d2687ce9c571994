package dev.tierway.bootstrap.config;

import dev.tierway.AgentsConfig;
import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.agents.LoopSettings;
import dev.tierway.application.checkpoint.CheckpointSettings;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.domain.agent.ExecutionLimits;
import java.util.List;
import java.util.Map;

/** {@code agents}. */
final class AgentsSection {
    static final Key<ToolRules> TOOLS =
            Key.optional("tools", ToolRulesSection.SECTION, "Which tools may be used, by whom and how often.");
    static final Key<Boolean> CHECKPOINTS = Key.optional(
                    "checkpoints",
                    Scalars.ON_OR_OFF,
                    "`on`: a call with the options `workflow` and `step` is kept once it is completed, in the ledger's"
                            + " store; asked again, it is answered by what was kept, and costs nothing.")
            .or("off");

    static final Key<ExecutionLimits> DEFAULT = Key.optional(
            "default",
            AgentLimitsSection.SECTION,
            "What each execution may use: an agent within a workflow; of calls that name no workflow, the agent.");
    static final Key<Map<String, ExecutionLimits>> NAMED = Key.optional(
            "named",
            new MapShape<>(Scalars.TEXT, AgentLimitsSection.SECTION, "a set of agents by name"),
            "The same for executions of single agents, by the option `agent`. What is left out is as in `default`.");
    static final Key<ExecutionLimits> WORKFLOW = Key.optional(
            "workflow", AgentLimitsSection.SECTION, "What each workflow may use, all its agents together.");
    static final Key<Map<String, ExecutionLimits>> WORKFLOWS = Key.optional(
            "workflows",
            new MapShape<>(Scalars.TEXT, AgentLimitsSection.SECTION, "a set of workflows by name"),
            "The same for single workflows, by the option `workflow`. What is left out is as in `workflow`.");
    static final Key<ExecutionLimits> GATEWAY = Key.optional(
            "gateway",
            AgentLimitsSection.SECTION,
            "What all calls together may use that name an agent or a workflow. Without `elapsed`.");
    static final Key<LoopSettings> LOOPS = Key.optional(
            "loops",
            LoopsSection.SECTION,
            "When a workflow counts as going round in circles; of calls that name no workflow, the agent.");

    static final Section<AgentsConfig> SECTION = Section.of(
            "agents",
            "What agents may use and do, and what is kept of their work.",
            List.of(DEFAULT, NAMED, WORKFLOW, WORKFLOWS, GATEWAY, LOOPS, TOOLS, CHECKPOINTS),
            AgentsSection::agents);

    private AgentsSection() {}

    private static AgentsConfig agents(Values v) {
        ExecutionLimits gateway = v.get(GATEWAY, ExecutionLimits.NONE);
        if (gateway.elapsed() != null) {
            v.error(GATEWAY, "has no first call that 'elapsed' could count from", "limit it in default or workflow");
            gateway = ExecutionLimits.NONE;
        }
        return new AgentsConfig(
                new AgentRules(
                        v.get(DEFAULT, ExecutionLimits.NONE),
                        v.get(NAMED, Map.of()),
                        v.get(WORKFLOW, ExecutionLimits.NONE),
                        v.get(WORKFLOWS, Map.of()),
                        gateway),
                v.get(LOOPS, LoopSettings.DEFAULT),
                v.get(TOOLS, ToolRules.NONE),
                v.value(CHECKPOINTS) ? CheckpointSettings.ON : CheckpointSettings.OFF);
    }
}
