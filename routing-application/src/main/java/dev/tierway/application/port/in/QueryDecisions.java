package dev.tierway.application.port.in;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Looks up why calls went where they went. */
public interface QueryDecisions {
    /** @param replay whether the document shall hold what suffices to decide again; see {@code application.replay} */
    CompletionStage<Optional<DecisionDocument>> decision(String id, boolean replay);

    CompletionStage<DecisionLog.Page> decisions(DecisionLog.Query query);
}
