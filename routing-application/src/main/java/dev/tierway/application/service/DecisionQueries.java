package dev.tierway.application.service;

import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.in.QueryDecisions;
import dev.tierway.application.port.out.DecisionLog;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Looks decisions up in the log. */
public final class DecisionQueries implements QueryDecisions {
    private final DecisionLog log;

    public DecisionQueries(DecisionLog log) {
        this.log = log;
    }

    @Override
    public CompletionStage<Optional<DecisionDocument>> decision(String id, boolean replay) {
        return log.find(id, replay);
    }

    @Override
    public CompletionStage<DecisionLog.Page> decisions(DecisionLog.Query query) {
        return log.find(query);
    }
}
