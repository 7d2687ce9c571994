package dev.tierway.application.service;

import dev.tierway.application.access.Caller;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.error.UnknownReplicaException;
import dev.tierway.application.port.in.QueryModels;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.Route;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.routing.Allowed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What is configured, as far as a key may use it: whatever leads to one replica at least that it may. */
final class VisibleModels implements QueryModels {
    private final QueryModels all;
    private final Catalogue catalogue;
    private final Allowed allowed;
    private final TargetExpander expander;

    VisibleModels(QueryModels all, Catalogue catalogue, Allowed allowed) {
        this.all = all;
        this.catalogue = catalogue;
        this.allowed = allowed;
        this.expander = new TargetExpander(catalogue, Collections.emptySortedMap());
    }

    private boolean admits(Replica replica) {
        return allowed.admits(replica, catalogue.modelOf(replica));
    }

    private boolean admits(LogicalModel model) {
        return catalogue.replicasOf(model.id()).stream().anyMatch(this::admits);
    }

    /** A route that leads to a tier without models leads nowhere. */
    private boolean admits(Route route) {
        for (Target target : route.targets()) {
            try {
                if (expander.expand(target).candidates().stream().anyMatch(this::admits)) {
                    return true;
                }
            } catch (UnknownModelException | UnknownReplicaException nowhere) {
                continue;
            }
        }
        return false;
    }

    @Override
    public List<LogicalModel> models() {
        return all.models().stream().filter(this::admits).toList();
    }

    @Override
    public List<Route> routes() {
        return all.routes().stream().filter(this::admits).toList();
    }

    @Override
    public List<String> passthroughProviders() {
        return catalogue.passthroughs().stream()
                .filter(one -> admits(one.replica()))
                .map(one -> one.replica().provider().value())
                .toList();
    }

    @Override
    public QueryModels seenBy(Caller caller) {
        return all.seenBy(caller);
    }

    @Override
    public Optional<LogicalModel> findModel(String name) {
        return all.findModel(name).filter(this::admits);
    }
}
