package dev.tierway.bootstrap.config;

import dev.tierway.AgentsConfig;
import dev.tierway.McpServerConfig;
import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.toolaccess.ToolLimit;
import dev.tierway.application.toolaccess.ToolPolicy;
import dev.tierway.application.toolaccess.ToolRules;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.quota.Limit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code agents} and {@code tools} for people. */
final class RedactedAgents {
    private RedactedAgents() {}

    static @Nullable Map<String, Object> of(AgentsConfig agents) {
        if (agents.equals(AgentsConfig.DEFAULTS)) {
            return null;
        }
        AgentRules limits = agents.limits();
        ToolRules rules = agents.tools();
        Shown shown = new Shown()
                .put(
                        AgentsSection.DEFAULT,
                        AgentLimitsSection.shown(limits.execution()).map())
                .put(AgentsSection.NAMED, named(limits.agents()))
                .put(
                        AgentsSection.WORKFLOW,
                        AgentLimitsSection.shown(limits.workflow()).map())
                .put(AgentsSection.WORKFLOWS, named(limits.workflows()))
                .put(
                        AgentsSection.GATEWAY,
                        AgentLimitsSection.shown(limits.gateway()).map())
                .put(AgentsSection.LOOPS, LoopsSection.shown(agents.loops()).map())
                .put(AgentsSection.CHECKPOINTS, agents.checkpoints().enabled() ? "on" : "off");
        if (!rules.equals(ToolRules.NONE)) {
            shown.put(AgentsSection.TOOLS, rules(rules));
        }
        return shown.map();
    }

    private static Map<String, Object> named(Map<String, ExecutionLimits> limits) {
        Shown shown = new Shown();
        limits.forEach(
                (name, own) -> shown.put(name, AgentLimitsSection.shown(own).map()));
        return shown.map();
    }

    private static Map<String, Object> rules(ToolRules rules) {
        Shown agents = new Shown();
        rules.agents().forEach((name, policy) -> agents.put(name, policy(policy).map()));
        return policy(rules.general())
                .put(ToolRulesSection.OFFERED, ToolRulesSection.word(rules.offered()))
                .put(ToolRulesSection.CALLED, ToolRulesSection.word(rules.called()))
                .put(ToolRulesSection.AGENTS, agents.map())
                .put(ToolRulesSection.LIMITS, rules.limits(), RedactedAgents::limit)
                .map();
    }

    private static Shown policy(ToolPolicy policy) {
        Boolean allowed = policy.allowed();
        return new Shown()
                .put(ToolRulesSection.DEFAULT, allowed == null ? null : allowed ? "allow" : "deny")
                .put(
                        ToolRulesSection.ALLOW,
                        policy.allow().stream().map(Object::toString).toList())
                .put(
                        ToolRulesSection.DENY,
                        policy.deny().stream().map(Object::toString).toList());
    }

    private static Map<String, Object> limit(ToolLimit limit) {
        Shown shown = new Shown()
                .put(ToolLimitSection.ID, limit.id())
                .put(ToolLimitSection.TOOL, limit.tools().text())
                .put(ToolLimitSection.PER_AGENT, limit.perAgent());
        ToolLimitSection.RATES.forEach((key, window) -> {
            for (Limit rate : limit.limits()) {
                if (rate.window().equals(window)) {
                    shown.put(key, rate.amount());
                }
            }
        });
        return shown.map();
    }

    static @Nullable Map<String, Object> of(List<McpServerConfig> servers) {
        return servers.isEmpty()
                ? null
                : new Shown()
                        .put(ToolsSection.MCP, servers, RedactedAgents::server)
                        .map();
    }

    /** Arguments may hold secrets: of a command the program is shown. */
    private static Map<String, Object> server(McpServerConfig server) {
        return new Shown()
                .put(ToolsSection.ID, server.id())
                .put(
                        ToolsSection.COMMAND,
                        server.command().isEmpty()
                                ? null
                                : List.of(server.command().getFirst()))
                .put(ToolsSection.ENV, List.copyOf(server.env().keySet()))
                .put(ToolsSection.URL, server.url())
                .put(ToolsSection.HEADERS, List.copyOf(server.headers().keySet()))
                .put(ToolsSection.TIMEOUT, server.timeout())
                .put(ToolsSection.RESULT_CHARACTERS, server.resultChars())
                .map();
    }
}
