package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.PermitOutcome;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.RequestFeatures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call: how each is sent, and how each ends: charged once, its permit given back once, its round
 * completed.
 */
final class Attempts {
    private final RequestFeatures features;
    private final ReplicaRegistry registry;
    private final Journey journey;
    private final Pacing pacing;
    private final List<Attempt> all = new ArrayList<>(2);

    Attempts(RequestFeatures features, ReplicaRegistry registry, Journey journey, Pacing pacing) {
        this.features = features;
        this.registry = registry;
        this.journey = journey;
        this.pacing = pacing;
    }

    /** Its reservation comes first. */
    Action begin(AttemptStarter.Next.Begin begin) {
        all.add(begin.attempt());
        return begin.reserve();
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

    /** Whether any is on its way or being answered, wanted or not. */
    boolean anySent() {
        return all.stream().anyMatch(attempt -> attempt.live() && attempt.stage != Attempt.Stage.RESERVING);
    }

    boolean anyWanted() {
        return all.stream().anyMatch(Attempt::wanted);
    }

    /** Whether exactly one is wanted, and it has been sent and not answered yet. */
    boolean oneAwaited() {
        List<Attempt> wanted = all.stream().filter(Attempt::wanted).toList();
        return wanted.size() == 1 && wanted.getFirst().stage == Attempt.Stage.SENT;
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

    /** It may be sent now; nobody may want it any more. */
    List<Action> reserved(Event.Reserved reserved, long nowNanos) {
        Attempt attempt = get(reserved.attempt());
        journey.limits().reserved(attempt.id, reserved.left(), nowNanos);
        if (attempt.stage != Attempt.Stage.RESERVING) {
            return List.of();
        }
        if (attempt.abandoned) {
            return List.of(endReservedTooLate(attempt, nowNanos));
        }
        attempt.stage = Attempt.Stage.SENT;
        journey.countSend();
        registry.sent(attempt.permit, nowNanos);
        Action send = new Action.Send(attempt.id, attempt.replica(), pacing.clocks(attempt, nowNanos));
        Long hedgeAt = pacing.hedgeAt(attempt, nowNanos);
        return hedgeAt == null ? List.of(send) : List.of(send, new Action.Arm(TimerKind.HEDGE, hedgeAt));
    }

    /** Its answer has begun: it is the caller's from now on, the others are not wanted any more. */
    List<Action> commit(Attempt attempt, long nowNanos) {
        if (attempt.stage != Attempt.Stage.SENT || attempt.abandoned) {
            return List.of();
        }
        attempt.stage = Attempt.Stage.COMMITTED;
        attempt.commitNanos = nowNanos;
        registry.committed(attempt.permit, nowNanos);
        List<Action> actions = abandonAll(attempt, null);
        actions.add(new Action.Disarm(TimerKind.HEDGE));
        actions.add(new Action.Relay(attempt.id));
        return actions;
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

    private void giveBack(Attempt attempt, Throwable thrown, long nowNanos) {
        try {
            registry.release(attempt.permit, new PermitOutcome.Unused(), nowNanos);
        } catch (IllegalStateException given) {
            thrown.addSuppressed(given);
        }
    }

    /** The answer to its reservation was lost: there won't be another. */
    List<Action> breakReserving(AttemptId id, boolean reserved, long nowNanos) {
        Attempt attempt = get(id);
        if (attempt.stage != Attempt.Stage.RESERVING) {
            return List.of();
        }
        if (reserved) {
            return List.of(endReservedTooLate(attempt, nowNanos));
        }
        endUnsent(attempt, null, AttemptResult.Charged.NOTHING_RESERVED, AttemptResult.Verdict.ABANDONED, nowNanos);
        return List.of();
    }

    /**
     * Ends those that were sent: cancelled, settled as unknown, their permits given back. What is being reserved ends when
     * its answer comes.
     */
    List<Action> breakAll(Throwable thrown, long nowNanos) {
        List<Action> actions = abandonAll(null, FailureClass.INTERNAL);
        Failure failure = Failure.of(FailureClass.INTERNAL, Processed.UNKNOWN, String.valueOf(thrown));
        for (Attempt attempt : all) {
            if (attempt.live() && attempt.stage != Attempt.Stage.RESERVING) {
                try {
                    actions.add(endFailed(attempt, failure, AttemptResult.Verdict.GIVE_UP, nowNanos));
                } catch (RuntimeException again) {
                    thrown.addSuppressed(again);
                    actions.add(Charging.failed(attempt, failure).action());
                    attempt.stage = Attempt.Stage.ENDED;
                    giveBack(attempt, thrown, nowNanos);
                }
            }
        }
        return actions;
    }

    /** Its reservation was denied. True if the call now waits for nothing else. */
    boolean deny(Attempt attempt, Event.Denied denied, boolean othersMayDo, long nowNanos) {
        if (othersMayDo && attempt.stage == Attempt.Stage.RESERVING) {
            journey.deny(attempt, denied.descriptor(), denied.retryAtNanos());
        }
        var verdict = othersMayDo ? AttemptResult.Verdict.SELECT_AGAIN : AttemptResult.Verdict.GIVE_UP;
        return endUnreserved(attempt, denied.descriptor().key(), verdict, nowNanos);
    }

    /** Nothing was reserved for it. True if the call now waits for nothing else. */
    boolean endUnreserved(Attempt attempt, String why, AttemptResult.Verdict verdict, long nowNanos) {
        if (attempt.stage != Attempt.Stage.RESERVING) {
            return false;
        }
        endUnsent(attempt, why, AttemptResult.Charged.NOTHING_RESERVED, verdict, nowNanos);
        return !attempt.abandoned && !anyWanted();
    }

    private Action endReservedTooLate(Attempt attempt, long nowNanos) {
        Charging charging = Charging.refund(attempt, Action.Refund.Extent.ALL);
        journey.limits().ended(attempt.id, charging.ending());
        endUnsent(attempt, null, charging.charged(), AttemptResult.Verdict.ABANDONED, nowNanos);
        return charging.action();
    }

    private void endUnsent(
            Attempt attempt,
            @Nullable String denied,
            AttemptResult.Charged charged,
            AttemptResult.Verdict verdict,
            long nowNanos) {
        registry.release(attempt.permit, new PermitOutcome.Unused(), nowNanos);
        journey.complete(attempt, attempt.result(null, denied, charged, null, verdict, nowNanos));
        attempt.stage = Attempt.Stage.ENDED;
    }

    /** Ended last of all, so that one in whose end something threw can still be ended. */
    Action endDelivered(Attempt attempt, TokenUsage usage, AttemptResult.Verdict verdict, long nowNanos) {
        Charging charging = Charging.delivered(attempt, usage);
        long took = attempt.tookNanos(nowNanos);
        boolean timed = features.stream() && attempt.commitNanos != null;
        registry.release(
                attempt.permit,
                new PermitOutcome.Succeeded(
                        timed,
                        attempt.awaitedNanos(timed, nowNanos),
                        took,
                        usage.input(),
                        usage.output(),
                        usage.how() == TokenUsage.Counted.REPORTED
                                ? features.tokens().textBytes()
                                : 0,
                        features.prefixes()),
                nowNanos);
        journey.complete(attempt, attempt.result(null, null, charging.charged(), usage, verdict, nowNanos));
        journey.limits().ended(attempt.id, charging.ending());
        attempt.stage = Attempt.Stage.ENDED;
        return charging.action();
    }

    Action endFailed(Attempt attempt, Failure failure, AttemptResult.Verdict verdict, long nowNanos) {
        Charging charging = Charging.failed(attempt, failure);
        String format = features.wording().format();
        if (failure.failureClass() == FailureClass.ENDPOINT_NOT_OFFERED && format != null) {
            registry.endpointMissing(attempt.replica(), format);
        }
        registry.release(
                attempt.permit,
                new PermitOutcome.Failed(
                        failure,
                        features.stream(),
                        attempt.awaitedNanos(features.stream(), nowNanos),
                        attempt.tookNanos(nowNanos),
                        features.tokens().input(attempt.replica().model()),
                        billedShare(attempt, charging)),
                nowNanos);
        journey.complete(
                attempt, attempt.result(failure, null, charging.charged(), charging.usage(), verdict, nowNanos));
        journey.limits().ended(attempt.id, charging.ending());
        attempt.stage = Attempt.Stage.ENDED;
        return charging.action();
    }

    /** What of a whole answer's price a failed attempt was billed; null if that isn't known. */
    private @Nullable Double billedShare(Attempt attempt, Charging charging) {
        if (charging.action() instanceof Action.Refund) {
            return 0.0;
        }
        NanoUsd cost = attempt.cost(charging.usage());
        double whole = journey.chosen(attempt) instanceof Choice.Chosen chosen
                ? chosen.score().priceUsd()
                : 0;
        return cost == null || whole <= 0 ? null : Double.valueOf(Math.min(1, cost.asUsd() / whole));
    }
}
