package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An execution, a workflow, or all agents.
 *
 * @param scope execution | workflow | gateway
 * @param key the API key in whose space the names live; null: calls without one
 * @param agent null if the calls name none, or it is no execution
 * @param others whether it counts all names together that found no room in their key's space
 * @param since the last reset (RFC 3339); null: there was none
 * @param limits empty: none are set
 */
public record AgentScopeStatus(
        String scope,
        @Nullable String key,
        @Nullable String workflow,
        @Nullable String agent,
        boolean others,
        @Nullable String since,
        List<AgentLimitStatus> limits) {
    public AgentScopeStatus {
        limits = List.copyOf(limits);
    }
}
