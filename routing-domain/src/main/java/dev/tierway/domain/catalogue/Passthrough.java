package dev.tierway.domain.catalogue;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/**
 * Stands for every model a provider serves without being listed. All of them share this one replica's and model's
 * state, so that names callers make up cost no memory.
 *
 * @param model the pattern of the models: every capability and any window, since nobody knows
 * @param replica the pattern of the replicas: all but the names holds for each of them
 */
public record Passthrough(LogicalModel model, Replica replica) {
    /** Ends the ids under which the shared state is shown. */
    public static final String SHARED = "+unlisted";

    /** The id of a provider's shared replica. */
    public static ReplicaId replicaOf(ProviderId provider) {
        return new ReplicaId(provider + "/" + SHARED);
    }

    /** A provider's shared model. Counts as the dearest tier: a key for cheap ones must not reach it. */
    public static LogicalModel modelOf(ProviderId provider) {
        return model(new ModelId(provider + "/" + SHARED));
    }

    static LogicalModel model(ModelId id) {
        return new LogicalModel(
                id,
                ModelTier.FRONTIER,
                List.of(UseCase.CHAT),
                EnumSet.allOf(Capability.class),
                null,
                null,
                Collections.emptyMap());
    }
}
