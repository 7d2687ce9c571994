package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Standing;
import dev.tierway.domain.quota.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * One candidate as a decision sees it: what is configured and what was last known, both immutable.
 *
 * @param providerKind the vendor's dialect: whose reasoning signatures it accepts
 * @param headroom what would be left of the tightest known quota window after this request, in [0, 1]; null is unknown
 * @param exhausted the known quota window this request certainly doesn't fit in; null if there is none
 * @param cachedTokens input tokens of this prompt the replica is expected to hold in its cache
 * @param standing what operators have ordered for it
 */
public record ReplicaView(
        Replica replica,
        String providerKind,
        LogicalModel model,
        ReplicaState state,
        ModelState modelState,
        ProviderState provider,
        ProbeState probe,
        @Nullable Double headroom,
        @Nullable Exhausted exhausted,
        int cachedTokens,
        Standing standing) {
    /**
     * A quota window without room.
     *
     * @param owner whose: {@code domain:ID}, or {@code vendor:PROVIDER/UPSTREAM-MODEL} where only the vendor knows
     */
    public record Exhausted(String owner, Dimension dimension, long untilNanos) {}

    /** The same with what this request would find of quotas and caches. */
    ReplicaView seeing(@Nullable Double newHeadroom, @Nullable Exhausted newExhausted, int newCachedTokens) {
        return new ReplicaView(
                replica,
                providerKind,
                model,
                state,
                modelState,
                provider,
                probe,
                newHeadroom,
                newExhausted,
                newCachedTokens,
                standing);
    }

    /** The phase in force: an operator's, else the configured one. */
    public Phase phase() {
        OperatorAction ordered = standing.phase();
        return ordered != null
                        && ordered.order() instanceof OperatorOrder.SetPhase(@Nullable Phase phase)
                        && phase != null
                ? phase
                : replica.phase();
    }

    /** Load as a share of the limit; 0 if the limit is unknown, since nothing says it is loaded. */
    public double load() {
        Integer limit = replica.concurrency();
        return limit == null ? 0 : state.inFlight() / (double) limit;
    }

    /** What is let through by its own circuit and its credential's together. */
    public Circuit.Phase circuit(long nowNanos) {
        Circuit.Phase own = state.circuit().phase(nowNanos, replica.circuit());
        Circuit.Phase credential = provider.circuit().phase(nowNanos, ProviderState.CIRCUIT);
        return severity(credential) > severity(own) ? credential : own;
    }

    /** When the last of its open circuits half-opens; null if none is open. */
    public @Nullable Long openUntilNanos(long nowNanos) {
        Long own = state.circuit().openUntilNanos(nowNanos, replica.circuit());
        Long credential = provider.circuit().openUntilNanos(nowNanos, ProviderState.CIRCUIT);
        return own == null || (credential != null && credential > own) ? credential : own;
    }

    private static int severity(Circuit.Phase phase) {
        return switch (phase) {
            case CLOSED -> 0;
            case RAMPING -> 1;
            case HALF_OPEN -> 2;
            case OPEN -> 3;
        };
    }
}
