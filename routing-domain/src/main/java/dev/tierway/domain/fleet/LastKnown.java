package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.Standing;

/**
 * What is configured and what was last known of a replica, whoever asks.
 *
 * @param dialect what can be said to it
 * @param standing what operators have ordered for it
 */
public record LastKnown(
        Replica replica,
        Dialect dialect,
        LogicalModel model,
        ReplicaState state,
        ModelState modelState,
        ProviderState provider,
        ProbeState probe,
        Standing standing) {}
