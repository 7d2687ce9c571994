package dev.tierway.simulation;

import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.routing.RoutingPolicy;
import dev.tierway.simulation.world.Pace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fleet to try contenders on, before it is sized for a trace.
 *
 * @param catalogue what is configured; its prices, concurrency and limits are taken for the truth
 * @param policy how production routes, and what time, failures and answers are worth
 * @param paces how fast each replica truly is; of those not named, {@link #paceOf}
 */
record SimulatedFleet(
        Catalogue catalogue, RoutingPolicy policy, ModelTier tier, UseCase useCase, Map<ReplicaId, Pace> paces) {
    SimulatedFleet {
        paces = Collections.unmodifiableMap(new LinkedHashMap<>(paces));
        if (catalogue.replicasServing(tier, useCase).isEmpty()) {
            throw new IllegalArgumentException("no replica of tier " + tier.id() + " serves " + useCase
                    + "; name a tier and use case the configuration serves");
        }
    }

    /** Every replica a call may go to, in declared order. */
    List<Replica> candidates() {
        return catalogue.replicasServing(tier, useCase);
    }

    /** What is given, else what is typical of the tier: larger models are slower. A guess, to be replaced by measurement. */
    Pace paceOf(Replica replica) {
        Pace given = paces.get(replica.id());
        if (given != null) {
            return given;
        }
        return switch (tier) {
            case MICRO -> Pace.millis(250, 0.03, 6);
            case SMALL -> Pace.millis(350, 0.05, 9);
            case MID -> Pace.millis(600, 0.10, 15);
            case FRONTIER -> Pace.millis(1200, 0.20, 25);
        };
    }
}
