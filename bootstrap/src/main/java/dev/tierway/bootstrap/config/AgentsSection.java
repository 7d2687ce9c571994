package dev.tierway.bootstrap.config;

import dev.tierway.AgentsConfig;
import dev.tierway.application.checkpoint.CheckpointSettings;
import dev.tierway.application.toolaccess.ToolRules;
import java.util.List;

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

    static final Section<AgentsConfig> SECTION = Section.of(
                    "agents",
                    "What agents may do, and what is kept of their work.",
                    List.of(TOOLS, CHECKPOINTS),
                    v -> new AgentsConfig(
                            v.get(TOOLS, ToolRules.NONE),
                            v.value(CHECKPOINTS) ? CheckpointSettings.ON : CheckpointSettings.OFF))
            .later("default", "loops");

    private AgentsSection() {}
}
