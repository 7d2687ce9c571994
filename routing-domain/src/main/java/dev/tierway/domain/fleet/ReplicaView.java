package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import org.jspecify.annotations.Nullable;

/**
 * One candidate as a decision sees it: what is configured and what was last known, both immutable.
 *
 * @param providerKind the vendor's dialect: whose reasoning signatures it accepts
 * @param headroom what is left of the binding known quota window, in [0, 1]; null is unknown
 */
public record ReplicaView(
        Replica replica,
        String providerKind,
        LogicalModel model,
        ReplicaState state,
        ModelState modelState,
        ProviderState provider,
        @Nullable Double headroom) {
    /** The phase in force: an operator's, else the configured one. */
    public Phase phase() {
        Phase overridden = state.phaseOverride();
        return overridden == null ? replica.phase() : overridden;
    }

    /** Load as a share of the known limit; null if the limit is unknown. */
    public @Nullable Double utilisation() {
        Integer limit = replica.concurrency();
        return limit == null ? null : state.inFlight() / (double) limit;
    }
}
