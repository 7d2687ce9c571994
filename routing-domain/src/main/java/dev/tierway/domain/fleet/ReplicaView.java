package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.Dialect;
import dev.tierway.domain.catalogue.LogicalModel;
import dev.tierway.domain.catalogue.Phase;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.Standing;
import dev.tierway.domain.quota.Dimension;
import org.jspecify.annotations.Nullable;

/**
 * One candidate as a decision sees it, immutable. Small, as every decision makes one per candidate.
 *
 * @param headroomOrNaN the same as {@link #headroom}; NaN is unknown
 * @param exhausted the known quota window this request certainly doesn't fit in; null if there is none
 * @param cachedTokens input tokens of this prompt the replica is expected to hold in its cache
 */
public record ReplicaView(
        LastKnown known, double headroomOrNaN, @Nullable Exhausted exhausted, int cachedTokens) {
    /** What a request would find; the parameters are this view's parts. */
    public ReplicaView(
            Replica replica,
            Dialect dialect,
            LogicalModel model,
            ReplicaState state,
            ModelState modelState,
            ProviderState provider,
            ProbeState probe,
            @Nullable Double headroom,
            @Nullable Exhausted exhausted,
            int cachedTokens,
            Standing standing) {
        this(
                new LastKnown(replica, dialect, model, state, modelState, provider, probe, standing),
                headroom == null ? Double.NaN : headroom,
                exhausted,
                cachedTokens);
    }

    /**
     * A quota window without room.
     *
     * @param owner whose: {@code domain:ID}, or {@code vendor:PROVIDER/UPSTREAM-MODEL} where only the vendor knows
     */
    public record Exhausted(String owner, Dimension dimension, long untilNanos) {}

    /** The same with what this request would find of quotas and caches. */
    ReplicaView seeing(double newHeadroom, @Nullable Exhausted newExhausted, int newCachedTokens) {
        return new ReplicaView(known, newHeadroom, newExhausted, newCachedTokens);
    }

    /** What would be left of the tightest known quota window after this request, in [0, 1]; null is unknown. */
    public @Nullable Double headroom() {
        return Double.isNaN(headroomOrNaN) ? null : (Double) headroomOrNaN;
    }

    public Replica replica() {
        return known.replica();
    }

    public Dialect dialect() {
        return known.dialect();
    }

    public LogicalModel model() {
        return known.model();
    }

    public ReplicaState state() {
        return known.state();
    }

    public ModelState modelState() {
        return known.modelState();
    }

    public ProviderState provider() {
        return known.provider();
    }

    public ProbeState probe() {
        return known.probe();
    }

    public Standing standing() {
        return known.standing();
    }

    /** The phase in force: an operator's, else the configured one. */
    public Phase phase() {
        OperatorAction ordered = standing().phase();
        return ordered != null
                        && ordered.order() instanceof OperatorOrder.SetPhase(@Nullable Phase phase)
                        && phase != null
                ? phase
                : replica().phase();
    }

    /** Load as a share of the limit; 0 if the limit is unknown, since nothing says it is loaded. */
    public double load() {
        Integer limit = replica().concurrency();
        return limit == null ? 0 : state().inFlight() / (double) limit;
    }

    /** Counted successes, as far as they aren't forgotten. */
    public double successesAt(long nowNanos) {
        return state().successes().at(nowNanos, replica().learning().success().halfLifeNanos());
    }

    /** Counted failures, as far as they aren't forgotten. */
    public double failuresAt(long nowNanos) {
        return state().failures().at(nowNanos, replica().learning().success().halfLifeNanos());
    }

    /** Output tokens expected of one choice without a cap. */
    public double expectedOutput() {
        return modelState().outputs().mean(replica().learning().unmeasured().outputTokens());
    }

    /** Output tokens that 95 % of its model's answers don't exceed. */
    public long mostOutput() {
        return modelState().outputs().p95(replica().learning().unmeasured().outputTokens());
    }

    /** Whether its provider's calls worked lately. */
    public boolean providerHealthy(long nowNanos) {
        return provider().healthyLately(nowNanos, replica().learning().recent());
    }

    /** How the circuit of its provider's credential closes. */
    public CircuitSettings accountCircuit() {
        return replica().learning().accounts().circuit();
    }

    /** What is let through by its own circuit and its credential's together. */
    public Circuit.Phase circuit(long nowNanos) {
        Circuit.Phase own = state().circuit().phase(nowNanos, replica().circuit());
        Circuit.Phase credential = provider().circuit().phase(nowNanos, accountCircuit());
        return severity(credential) > severity(own) ? credential : own;
    }

    /** When the last of its open circuits half-opens; null if none is open. */
    public @Nullable Long openUntilNanos(long nowNanos) {
        Long own = state().circuit().openUntilNanos(nowNanos, replica().circuit());
        Long credential = provider().circuit().openUntilNanos(nowNanos, accountCircuit());
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
