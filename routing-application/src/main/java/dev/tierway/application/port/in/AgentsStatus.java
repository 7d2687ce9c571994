package dev.tierway.application.port.in;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What agents may still use.
 *
 * @param scopes all agents together first, then those heard last
 * @param loops workflows and agents whose last answer closed a loop
 * @param warnAt the used share from which on a limit is in state {@code warning}
 * @param problem why nobody knows what is used; null: it is known
 */
public record AgentsStatus(
        List<AgentScopeStatus> scopes,
        List<LoopStatus> loops,
        double warnAt,
        @Nullable String problem) {
    public AgentsStatus {
        scopes = List.copyOf(scopes);
        loops = List.copyOf(loops);
    }
}
