package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.Standing;

/**
 * What is configured and what was last known of a replica, whoever asks.
 *
 * @param dialect the vendor's dialect: whose reasoning signatures it accepts
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
