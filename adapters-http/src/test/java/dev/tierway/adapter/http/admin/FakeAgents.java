package dev.tierway.adapter.http.admin;

import dev.tierway.application.port.in.AgentLimitStatus;
import dev.tierway.application.port.in.AgentMetrics;
import dev.tierway.application.port.in.AgentScopeStatus;
import dev.tierway.application.port.in.AgentsStatus;
import dev.tierway.application.port.in.LoopStatus;
import dev.tierway.application.port.in.QueryAgents;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One agent, which has used most of what it may, and goes round in circles. */
public final class FakeAgents implements QueryAgents {
    private static final AgentLimitStatus STEPS = new AgentLimitStatus("steps", "50", "45", "5", 0.9, "warning");

    @Override
    public CompletionStage<AgentsStatus> agents() {
        return CompletableFuture.completedStage(new AgentsStatus(
                List.of(new AgentScopeStatus("execution", "team", "release", "coder", false, null, List.of(STEPS))),
                List.of(new LoopStatus("team", "release", null, "ping_pong", 4, List.of("coder", "critic"), "turns")),
                0.8,
                null));
    }

    @Override
    public CompletionStage<AgentMetrics> metrics(@Nullable String agent) {
        return CompletableFuture.completedStage(
                new AgentMetrics(agent, null, 45, 46, 1, "0.25", 0, 300, 200, 100, 0, 61_000L, List.of(STEPS)));
    }
}
