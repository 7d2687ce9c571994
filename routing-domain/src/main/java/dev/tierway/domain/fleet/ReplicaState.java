package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.CircuitSettings;
import dev.tierway.domain.catalogue.LearningSettings;
import dev.tierway.domain.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one replica. Immutable; everything time-derived is a function of the time it is read at.
 *
 * @param successes counted successes, fading
 * @param failures counted failures, fading
 * @param failNanos how long counted failures took
 * @param calls attempts ever sent
 * @param errors counted failures ever
 * @param lastUsedNanos null: never
 * @param lastMeasuredNanos when a reply last told how fast it is; null: never
 */
public record ReplicaState(
        int inFlight,
        Latency latency,
        DecayedCount successes,
        DecayedCount failures,
        DecayedMean failNanos,
        Circuit circuit,
        Cooldown cooldown,
        long calls,
        long errors,
        @Nullable Long lastUsedNanos,
        @Nullable Long lastMeasuredNanos) {
    private static final long FAIL_TIME_HALF_LIFE_NANOS = 300_000_000_000L;

    static ReplicaState fresh(CircuitSettings settings) {
        return new ReplicaState(
                0,
                Latency.UNMEASURED,
                DecayedCount.ZERO,
                DecayedCount.ZERO,
                DecayedMean.NONE,
                Circuit.closed(settings),
                Cooldown.NONE,
                0,
                0,
                null,
                null);
    }

    ReplicaState entered(Circuit newCircuit) {
        return with(inFlight + 1, newCircuit);
    }

    ReplicaState left(Circuit newCircuit) {
        return with(inFlight - 1, newCircuit);
    }

    ReplicaState with(int newInFlight, Circuit newCircuit) {
        return new ReplicaState(
                newInFlight,
                latency,
                successes,
                failures,
                failNanos,
                newCircuit,
                cooldown,
                calls,
                errors,
                lastUsedNanos,
                lastMeasuredNanos);
    }

    /** An operator trusts it again: its circuit closes, and so does a rest we only guessed. */
    ReplicaState trusted(Circuit newCircuit, boolean rested) {
        return new ReplicaState(
                inFlight,
                latency,
                successes,
                failures,
                failNanos,
                newCircuit,
                rested ? cooldown.cutShort() : cooldown,
                calls,
                errors,
                lastUsedNanos,
                lastMeasuredNanos);
    }

    ReplicaState resting(long untilNanos) {
        return new ReplicaState(
                inFlight,
                latency,
                successes,
                failures,
                failNanos,
                circuit,
                cooldown.atLeastUntil(untilNanos),
                calls,
                errors,
                lastUsedNanos,
                lastMeasuredNanos);
    }

    /** Another instance trusts it no more: as if it had failed us too, a few times. */
    ReplicaState distrusted(LearningSettings learning, long nowNanos) {
        return new ReplicaState(
                inFlight,
                latency,
                successes,
                failures.plus(
                        Circuit.HINTED_FAILURES, nowNanos, learning.success().halfLifeNanos()),
                failNanos,
                circuit.hinted(nowNanos),
                cooldown,
                calls,
                errors,
                lastUsedNanos,
                lastMeasuredNanos);
    }

    ReplicaState sent(long nowNanos) {
        return new ReplicaState(
                inFlight,
                latency,
                successes,
                failures,
                failNanos,
                circuit,
                cooldown,
                calls + 1,
                errors,
                nowNanos,
                lastMeasuredNanos);
    }

    ReplicaState succeeded(Latency newLatency, LearningSettings learning, long nowNanos) {
        return new ReplicaState(
                inFlight,
                newLatency,
                successes.plus(1, nowNanos, learning.success().halfLifeNanos()),
                failures,
                failNanos,
                circuit,
                cooldown.worked(),
                calls,
                errors,
                lastUsedNanos,
                nowNanos);
    }

    /** A failure, as far as its class concerns this replica; the circuit is changed separately. */
    ReplicaState failed(Failure failure, Latency newLatency, long tookNanos, LearningSettings learning, long nowNanos) {
        boolean counts = failure.failureClass().counts();
        boolean rests = failure.failureClass().coolsDown() && failure.scope() == Failure.Scope.REPLICA;
        return new ReplicaState(
                inFlight,
                newLatency,
                successes,
                counts ? failures.plus(1, nowNanos, learning.success().halfLifeNanos()) : failures,
                counts ? failNanos.plus(tookNanos, nowNanos, FAIL_TIME_HALF_LIFE_NANOS) : failNanos,
                circuit,
                rests ? cooldown.rest(failure.retryAfterMillis(), !counts, nowNanos, learning.cooldown()) : cooldown,
                calls,
                errors + (counts ? 1 : 0),
                lastUsedNanos,
                lastMeasuredNanos);
    }
}
