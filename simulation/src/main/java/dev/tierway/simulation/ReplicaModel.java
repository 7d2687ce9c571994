package dev.tierway.simulation;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.Mixing;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated replica behaves.
 *
 * @param ttftNanos median time to first token, log-normally spread
 * @param tokenNanos time per output token
 * @param failureShare share of attempts that fail outside an outage
 * @param outage when every attempt fails; null: never
 */
public record ReplicaModel(
        long ttftNanos,
        long tokenNanos,
        double failureShare,
        @Nullable Outage outage) {
    private static final double SPREAD = 0.35;
    private static final long FAILURE_NANOS = 50_000_000L;

    /** A stretch of virtual time in which a replica is dead. */
    public record Outage(long fromNanos, long untilNanos) {}

    /** What comes of one attempt. */
    sealed interface Outcome {
        record Answer(long firstNanos, long endNanos) implements Outcome {}

        record Fails(long afterNanos, Failure failure) implements Outcome {}
    }

    Outcome attempt(long seed, long nowNanos, long outputTokens) {
        boolean dead = outage != null && nowNanos >= outage.fromNanos() && nowNanos < outage.untilNanos();
        if (dead || Mixing.unit(seed, 1) < failureShare) {
            return new Outcome.Fails(
                    FAILURE_NANOS, Failure.of(FailureClass.UPSTREAM_FAULT, Processed.UNKNOWN, "simulated"));
        }
        long first = (long) (ttftNanos * StrictMath.exp(SPREAD * gaussian(seed)));
        return new Outcome.Answer(first, first + tokenNanos * outputTokens);
    }

    /** A standard normal number (Box and Muller 1958). */
    private static double gaussian(long seed) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - Mixing.unit(seed, 2)));
        return radius * StrictMath.cos(2 * StrictMath.PI * Mixing.unit(seed, 3));
    }
}
