package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.SpilloverPolicy;
import dev.tierway.domain.routing.SpilloverVerdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call as a state machine: events in, actions out, in order. No I/O, clock or chance of its own; its only side
 * effect is on the registry, where attempts take and end permits. Single-threaded.
 */
public final class RoutedCall {
    private final CallSpec spec;
    private final ReplicaRegistry registry;
    private final Journey journey;
    private final AttemptStarter starter;
    private final Attempts attempts;
    private List<Action> actions = List.of();
    private boolean parked;
    private boolean over;
    private @Nullable CallResult lastFailure;

    public RoutedCall(CallSpec spec, ReplicaRegistry registry) {
        this.spec = spec;
        this.registry = registry;
        this.journey = new Journey(spec);
        this.starter = new AttemptStarter(spec, registry, journey);
        this.attempts = new Attempts(
                new Attempts.RequestShape(
                        spec.features().stream(), spec.features().tokens().input()),
                registry,
                journey);
    }

    /** Takes an event and says what to do, in order. Events of attempts that have ended change nothing. */
    public List<Action> on(Event event, long nowNanos) {
        actions = new ArrayList<>(4);
        switch (event) {
            case Event.Started started -> {
                actions.add(new Action.Arm(TimerKind.TOTAL, spec.deadlineNanos()));
                advance(nowNanos);
            }
            case Event.Reserved(AttemptId id) -> reserved(attempts.get(id), nowNanos);
            case Event.Denied denied -> denied(attempts.get(denied.attempt()), denied, nowNanos);
            case Event.ReserveFailed(AttemptId id, String message) ->
                reserveFailed(attempts.get(id), message, nowNanos);
            case Event.Sent(AttemptId id) -> attempts.get(id).sentNanos = nowNanos;
            case Event.Committed(AttemptId id) -> committed(attempts.get(id), nowNanos);
            case Event.Delivered(AttemptId id, TokenUsage usage) -> delivered(attempts.get(id), usage, nowNanos);
            case Event.Failed(AttemptId id, Failure failure) -> failed(attempts.get(id), failure, nowNanos);
            case Event.Fired(TimerKind timer) -> fired(timer, nowNanos);
            case Event.SlotOffered offered -> unpark(nowNanos);
            case Event.ClientLeft left -> end(new CallResult.ClientGone(), null);
            case Event.Stopped(String by) -> end(new CallResult.StoppedBy(by), null);
        }
        return actions;
    }

    /** Whether the call is over and every attempt has ended, so that no event matters any more. */
    public boolean settled() {
        return over && !attempts.anyLive();
    }

    private void advance(long nowNanos) {
        switch (starter.next(attempts.nextNumber(), nowNanos)) {
            case AttemptStarter.Next.Begin(Attempt attempt, Action.Reserve reserve) -> {
                attempts.add(attempt);
                actions.add(reserve);
            }
            case AttemptStarter.Next.Wait(long until) -> {
                parked = true;
                actions.add(new Action.Park(until));
                actions.add(new Action.Arm(TimerKind.PARK, until));
            }
            case AttemptStarter.Next.Nobody(var refusal) -> {
                if (!attempts.anyWanted()) {
                    finish(lastFailure != null ? lastFailure : new CallResult.Refused(refusal));
                }
            }
        }
    }

    private void unpark(long nowNanos) {
        if (parked) {
            parked = false;
            actions.add(new Action.Disarm(TimerKind.PARK));
            advance(nowNanos);
        }
    }

    private void reserved(Attempt attempt, long nowNanos) {
        if (attempt.stage != Attempt.Stage.RESERVING) {
            return;
        }
        if (attempt.abandoned) {
            actions.add(attempts.endReservedTooLate(attempt, nowNanos));
            return;
        }
        attempt.stage = Attempt.Stage.SENT;
        journey.countSend();
        registry.sent(attempt.permit, nowNanos);
        actions.add(new Action.Send(attempt.id, attempt.replica(), starter.clocks(attempt, nowNanos)));
        Long hedgeAt = starter.hedgeAt(attempt, nowNanos);
        if (hedgeAt != null) {
            actions.add(new Action.Arm(TimerKind.HEDGE, hedgeAt));
        }
    }

    private void denied(Attempt attempt, Event.Denied denied, long nowNanos) {
        if (attempt.stage != Attempt.Stage.RESERVING) {
            return;
        }
        boolean othersMayDo = denied.descriptor().side() == Side.DOMAIN;
        attempts.endDenied(
                attempt,
                denied.descriptor().key(),
                othersMayDo ? AttemptResult.Verdict.SELECT_AGAIN : AttemptResult.Verdict.GIVE_UP,
                nowNanos);
        if (over || attempt.abandoned) {
            return;
        }
        if (othersMayDo) {
            journey.deny(attempt, denied.descriptor(), denied.retryAtNanos());
            advance(nowNanos);
        } else {
            end(new CallResult.LimitReached(denied.descriptor(), denied.retryAtNanos()), null);
        }
    }

    private void reserveFailed(Attempt attempt, String message, long nowNanos) {
        if (attempt.stage == Attempt.Stage.RESERVING) {
            attempts.endDenied(attempt, message, AttemptResult.Verdict.GIVE_UP, nowNanos);
            if (!attempt.abandoned) {
                end(new CallResult.QuotaUnavailable(message), null);
            }
        }
    }

    private void committed(Attempt attempt, long nowNanos) {
        if (attempt.stage == Attempt.Stage.SENT && !attempt.abandoned) {
            attempt.stage = Attempt.Stage.COMMITTED;
            attempt.commitNanos = nowNanos;
            registry.committed(attempt.permit, nowNanos);
            actions.addAll(attempts.abandonAll(attempt, null));
            actions.add(new Action.Disarm(TimerKind.HEDGE));
            actions.add(new Action.Relay(attempt.id));
        }
    }

    private void delivered(Attempt attempt, TokenUsage usage, long nowNanos) {
        if (!attempt.live()) {
            return;
        }
        committed(attempt, nowNanos);
        boolean wanted = attempt.wanted();
        var verdict = wanted ? AttemptResult.Verdict.DELIVERED : AttemptResult.Verdict.ABANDONED;
        actions.add(attempts.endDelivered(attempt, usage, verdict, nowNanos));
        if (wanted) {
            finish(new CallResult.Delivered(attempt.id, attempt.replica().id(), usage, attempt.cost(usage)));
        }
    }

    private void failed(Attempt attempt, Failure reported, long nowNanos) {
        if (!attempt.live()) {
            return;
        }
        Failure failure = attempt.counted(reported);
        boolean wanted = attempt.wanted();
        boolean begun = attempt.stage == Attempt.Stage.COMMITTED;
        var standing = new SpilloverPolicy.Standing(
                journey.sent(), begun, spec.features().ask().pinned(), starter.mayStartAnother(nowNanos));
        SpilloverVerdict verdict = SpilloverPolicy.after(failure, standing, spec.policy());
        boolean another = verdict instanceof SpilloverVerdict.TryAnother;
        var word = another ? AttemptResult.Verdict.NEXT_REPLICA : AttemptResult.Verdict.GIVE_UP;
        actions.add(attempts.endFailed(attempt, failure, wanted ? word : AttemptResult.Verdict.ABANDONED, nowNanos));
        if (!wanted) {
            return;
        }
        lastFailure = begun
                ? new CallResult.Broken(attempt.replica().id(), failure)
                : new CallResult.Exhausted(attempt.replica().id(), failure);
        journey.leave(attempt, failure, verdict);
        if (attempts.anyWanted()) {
            return;
        }
        if (another) {
            advance(nowNanos);
        } else {
            finish(lastFailure);
        }
    }

    private void fired(TimerKind timer, long nowNanos) {
        switch (timer) {
            case TOTAL -> totalOver();
            case PARK -> unpark(nowNanos);
            case HEDGE -> {
                if (!over && attempts.committed() == null && attempts.anyWanted()) {
                    advance(nowNanos);
                }
            }
        }
    }

    private void totalOver() {
        Attempt begun = attempts.committed();
        CallResult result = begun == null
                ? new CallResult.DeadlineExceeded(spec.callersDeadline())
                : new CallResult.Broken(begun.replica().id(), AttemptStarter.TOTAL_OVER);
        end(result, spec.callersDeadline() ? null : FailureClass.TIMEOUT);
    }

    /** Ends the call before its answer is whole: what still runs is cancelled, and settled when it has ended. */
    private void end(CallResult result, @Nullable FailureClass runningCountedAs) {
        if (!over) {
            actions.addAll(attempts.abandonAll(null, runningCountedAs));
            finish(result);
        }
    }

    private void finish(CallResult result) {
        over = true;
        parked = false;
        for (TimerKind timer : TimerKind.values()) {
            actions.add(new Action.Disarm(timer));
        }
        actions.add(new Action.Finish(result, journey.selection(registry.generation(), result)));
    }
}
