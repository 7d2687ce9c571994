package dev.tierway.application.port.out;

import dev.tierway.domain.catalogue.ProviderId;
import java.util.Optional;

/** Finds how the replicas of a provider are looked at. */
public interface ReplicaProbes {
    /** Empty if they aren't: only their calls tell how they do. */
    Optional<ProbePlan> of(ProviderId provider);
}
