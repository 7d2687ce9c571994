package dev.tierway.application.service;

import dev.tierway.application.access.Caller;
import dev.tierway.application.access.KeyScope;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.in.QueryDecisions;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.rights.KeyRights;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Looks decisions up in the log. */
public final class DecisionQueries implements QueryDecisions {
    private final DecisionLog log;

    public DecisionQueries(DecisionLog log) {
        this.log = log;
    }

    @Override
    public CompletionStage<Optional<DecisionDocument>> decision(Caller caller, String id, boolean replay) {
        KeyRights.require(caller, KeyScope.READ);
        if (replay) {
            KeyRights.require(caller, KeyScope.EXPLAIN);
        }
        String key = caller.key();
        return log.find(id, replay)
                // Somebody else's is as good as none: not even that there is one is told.
                .thenApply(found -> found.filter(
                                document -> key == null || caller.may(KeyScope.ADMIN) || document.isOf(key))
                        .map(document -> shown(document, caller)));
    }

    @Override
    public CompletionStage<DecisionLog.Page> decisions(Caller caller, DecisionLog.Query query) {
        KeyRights.require(caller, KeyScope.READ);
        if (query.replica() != null) {
            // Who isn't told which replica answered can't ask for it either.
            KeyRights.require(caller, KeyScope.EXPLAIN);
        }
        String key = caller.key();
        DecisionLog.Query asked = key == null || caller.may(KeyScope.ADMIN) ? query : query.ofKey(key);
        return log.find(asked)
                .thenApply(page -> new DecisionLog.Page(
                        page.data().stream().map(one -> shown(one, caller)).toList(), page.nextCursor()));
    }

    private static DecisionDocument shown(DecisionDocument document, Caller caller) {
        return caller.may(KeyScope.EXPLAIN) ? document : document.withoutFleet();
    }
}
