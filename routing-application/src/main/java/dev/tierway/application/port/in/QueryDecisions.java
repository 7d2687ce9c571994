package dev.tierway.application.port.in;

import dev.tierway.application.access.Caller;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Looks up why calls went where they went. A key sees its own calls' decisions, with the scope {@code admin} everybody's;
 * without {@code explain} not what all callers share: replicas, their state, costs.
 */
public interface QueryDecisions {
    /**
     * @param replay whether the document shall hold what suffices to decide again; see {@code application.replay}
     * @throws dev.tierway.application.error.ForbiddenException if the caller's key isn't for that
     */
    CompletionStage<Optional<DecisionDocument>> decision(Caller caller, String id, boolean replay);

    /** @throws dev.tierway.application.error.ForbiddenException if the caller's key isn't for that */
    CompletionStage<DecisionLog.Page> decisions(Caller caller, DecisionLog.Query query);
}
