package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Scope;
import java.util.ArrayList;
import java.util.List;

/** Closes circuits because an operator says so. */
final class Trust {
    private Trust() {}

    /** The circuits of the replicas it is about; a provider's credential too, if it is about the provider. */
    static void restore(OperatorAction action, Generation generation) {
        boolean rested = action.order() instanceof OperatorOrder.Mark;
        Scope scope = action.scope();
        List<Replica> all = new ArrayList<>(generation.catalogue.replicas());
        generation.catalogue.passthroughs().forEach(passthrough -> all.add(passthrough.replica()));
        for (Replica replica : all) {
            if (scope.covers(replica)) {
                generation
                        .replica(replica.id())
                        .update(state -> state.trusted(state.circuit().reset(), rested));
                if (rested) {
                    generation.probe(replica.id()).update(ProbeState::worked);
                }
            }
        }
        if (scope.level() == Scope.Level.PROVIDER) {
            ProviderId provider = new ProviderId(scope.id());
            if (generation.catalogue.provider(provider) != null) {
                generation.provider(provider).update(state -> state.trusted(rested));
            }
        }
    }
}
