package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.Permit;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.Price;
import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/** One attempt while it lives. */
final class Attempt {
    /** Where it stands; only forward. */
    enum Stage {
        RESERVING,
        SENT,
        COMMITTED,
        ENDED
    }

    final AttemptId id;
    final Permit permit;
    final Price price;
    final boolean priced;
    /** By which money is counted where the replica's own price isn't known; null if that isn't known either. */
    private final @Nullable Price dearest;

    final long startNanos;
    final int round;
    Stage stage = Stage.RESERVING;
    /** Nobody wants its answer any more; what it has used is still settled. */
    boolean abandoned;
    /** What its end is counted as if it only ended because we cancelled it; null: as a cancellation. */
    @Nullable
    FailureClass abandonedAs;

    @Nullable
    Long sentNanos;

    @Nullable
    Long commitNanos;

    Attempt(AttemptId id, Permit permit, @Nullable Price dearest, long startNanos, int round) {
        this.id = id;
        this.permit = permit;
        this.dearest = dearest;
        this.startNanos = startNanos;
        this.round = round;
        Price known = permit.replica().price();
        this.priced = known != null || permit.replica().local();
        this.price = known == null ? Price.FREE : known;
    }

    Replica replica() {
        return permit.replica();
    }

    boolean live() {
        return stage != Stage.ENDED;
    }

    boolean wanted() {
        return live() && !abandoned;
    }

    /** Null if the price is unknown. */
    @Nullable
    NanoUsd cost(@Nullable TokenUsage usage) {
        return usage == null || !priced ? null : price.of(usage);
    }

    /** What limits on money count of it. */
    NanoUsd counted(@Nullable TokenUsage usage) {
        Price by = priced ? price : dearest;
        if (usage == null || by == null) {
            return NanoUsd.ZERO;
        }
        // Tokens of a kind without a price count as the dearest text: unknown is not free.
        NanoUsd exact = by.of(usage);
        return exact == null ? by.atMost(usage.input(), usage.output()) : exact;
    }

    /** From sending to now; from the start if it never was sent. */
    long tookNanos(long nowNanos) {
        return nowNanos - (sentNanos == null ? startNanos : sentNanos);
    }

    /** The request is on its way; only the first time counts. */
    void left(long nowNanos) {
        if (live() && sentNanos == null) {
            sentNanos = nowNanos;
        }
    }

    /** How long the first token of a stream was waited for; the whole time for a unary reply, or if none came. */
    long awaitedNanos(boolean stream, long nowNanos) {
        return tookNanos(stream && commitNanos != null ? commitNanos : nowNanos);
    }

    /** How a failure is counted, seen from why the attempt ended. */
    Failure counted(Failure failure) {
        FailureClass as = abandonedAs;
        return as == null || failure.failureClass() != FailureClass.CANCELLED
                ? failure
                : new Failure(
                        as,
                        failure.scope(),
                        failure.processed(),
                        failure.upstreamStatus(),
                        failure.retryAfterMillis(),
                        failure.usage(),
                        failure.message());
    }

    AttemptResult result(
            @Nullable Failure failure,
            @Nullable String denied,
            AttemptResult.Charged charged,
            @Nullable TokenUsage usage,
            AttemptResult.Verdict verdict,
            long nowNanos) {
        return new AttemptResult(
                failure, denied, startNanos, sentNanos, commitNanos, nowNanos, charged, usage, cost(usage), verdict);
    }
}
