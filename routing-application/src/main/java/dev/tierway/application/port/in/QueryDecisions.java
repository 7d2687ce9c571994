package dev.tierway.application.port.in;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.DecisionLog;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Looks up why calls went where they went. */
public interface QueryDecisions {
    CompletionStage<Optional<DecisionDocument>> decision(String id);

    CompletionStage<DecisionLog.Page> decisions(DecisionLog.Query query);
}
