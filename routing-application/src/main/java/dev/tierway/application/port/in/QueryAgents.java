package dev.tierway.application.port.in;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What agents and workflows have used, what is left to them, and which of them go round in circles. */
public interface QueryAgents {
    /** How many executions and workflows are shown at once. */
    int MOST = 1000;

    /** Those that called this instance lately; a store that doesn't answer is an answer, too: see {@link AgentsStatus#problem}. */
    CompletionStage<AgentsStatus> agents();

    /**
     * What its calls came to since the last reset, by the account book.
     *
     * @param agent in whatever workflow and API key's space; null: all calls of the gateway
     */
    CompletionStage<AgentMetrics> metrics(@Nullable String agent);
}
