package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.PermitOutcome;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts of one call, and how each ends: charged once, its permit given back once, its round completed. */
final class Attempts {
    private final RequestShape shape;
    private final ReplicaRegistry registry;
    private final Journey journey;
    private final List<Attempt> all = new ArrayList<>(2);

    /** What the end of an attempt needs to know of the request. */
    record RequestShape(boolean stream, long inputTokens) {}

    Attempts(RequestShape shape, ReplicaRegistry registry, Journey journey) {
        this.shape = shape;
        this.registry = registry;
        this.journey = journey;
    }

    void add(Attempt attempt) {
        all.add(attempt);
    }

    int nextNumber() {
        return all.size() + 1;
    }

    Attempt get(AttemptId id) {
        return all.get(id.n() - 1);
    }

    boolean anyLive() {
        return all.stream().anyMatch(Attempt::live);
    }

    boolean anyWanted() {
        return all.stream().anyMatch(Attempt::wanted);
    }

    /** The attempt whose answer reaches the caller; null before commit and after its end. */
    @Nullable
    Attempt committed() {
        for (Attempt attempt : all) {
            if (attempt.wanted() && attempt.stage == Attempt.Stage.COMMITTED) {
                return attempt;
            }
        }
        return null;
    }

    /**
     * Nobody wants their answers any more: those that were sent are cancelled.
     *
     * @param but the one that goes on; null if none does
     */
    List<Action> abandonAll(@Nullable Attempt but, @Nullable FailureClass countedAs) {
        List<Action> actions = new ArrayList<>(all.size());
        for (Attempt attempt : all) {
            boolean spared = but != null && attempt.id.equals(but.id);
            if (!spared && attempt.wanted()) {
                attempt.abandoned = true;
                attempt.abandonedAs = countedAs;
                if (attempt.stage != Attempt.Stage.RESERVING) {
                    actions.add(new Action.Cancel(attempt.id));
                }
            }
        }
        return actions;
    }

    void endDenied(Attempt attempt, String denied, AttemptResult.Verdict verdict, long nowNanos) {
        endUnsent(attempt, denied, AttemptResult.Charged.NOTHING_RESERVED, verdict, nowNanos);
    }

    Action endReservedTooLate(Attempt attempt, long nowNanos) {
        Charging charging = Charging.refund(attempt, Action.Refund.Extent.ALL);
        endUnsent(attempt, null, charging.charged(), AttemptResult.Verdict.ABANDONED, nowNanos);
        return charging.action();
    }

    private void endUnsent(
            Attempt attempt,
            @Nullable String denied,
            AttemptResult.Charged charged,
            AttemptResult.Verdict verdict,
            long nowNanos) {
        attempt.stage = Attempt.Stage.ENDED;
        registry.release(attempt.permit, new PermitOutcome.Unused(), nowNanos);
        journey.complete(attempt, attempt.result(null, denied, charged, null, verdict, nowNanos));
    }

    Action endDelivered(Attempt attempt, TokenUsage usage, AttemptResult.Verdict verdict, long nowNanos) {
        Charging charging = Charging.delivered(attempt, usage);
        attempt.stage = Attempt.Stage.ENDED;
        long took = attempt.tookNanos(nowNanos);
        Long commit = attempt.commitNanos;
        boolean timed = shape.stream() && commit != null;
        registry.release(
                attempt.permit,
                new PermitOutcome.Succeeded(
                        timed,
                        timed && commit != null ? attempt.tookNanos(commit) : took,
                        took,
                        usage.input(),
                        usage.output()),
                nowNanos);
        journey.complete(attempt, attempt.result(null, null, charging.charged(), usage, verdict, nowNanos));
        return charging.action();
    }

    Action endFailed(Attempt attempt, Failure failure, AttemptResult.Verdict verdict, long nowNanos) {
        Charging charging = Charging.failed(attempt, failure);
        attempt.stage = Attempt.Stage.ENDED;
        registry.release(
                attempt.permit,
                new PermitOutcome.Failed(failure, attempt.tookNanos(nowNanos), shape.inputTokens()),
                nowNanos);
        journey.complete(
                attempt, attempt.result(failure, null, charging.charged(), charging.usage(), verdict, nowNanos));
        return charging.action();
    }
}
