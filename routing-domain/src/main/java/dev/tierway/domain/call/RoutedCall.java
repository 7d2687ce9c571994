package dev.tierway.domain.call;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.routing.Refusal;
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
    private final Pacing pacing;
    private final AttemptStarter starter;
    private final Attempts attempts;
    private final Closing closing;
    private List<Action> actions = new ArrayList<>(4);
    private boolean parked;
    private boolean over;

    public RoutedCall(CallSpec spec, ReplicaRegistry registry) {
        this.spec = spec;
        this.registry = registry;
        this.journey = new Journey(spec);
        this.pacing = new Pacing(spec, registry, journey);
        this.starter = new AttemptStarter(spec, registry, journey, pacing);
        this.attempts = new Attempts(spec.features(), registry, journey, pacing);
        this.closing = new Closing(spec, attempts, pacing);
    }

    /** Takes an event and says what to do, in order. Events of attempts that have ended change nothing. */
    public List<Action> on(Event event, long nowNanos) {
        actions = new ArrayList<>(4);
        switch (event) {
            case Event.Started started -> {
                actions.add(new Action.Arm(TimerKind.TOTAL, spec.deadlineNanos()));
                advance(nowNanos);
            }
            case Event.Reserved reserved -> actions.addAll(attempts.reserved(reserved, nowNanos));
            case Event.Denied denied -> denied(attempts.get(denied.attempt()), denied, nowNanos);
            case Event.ReserveFailed(AttemptId id, String why) -> reserveFailed(attempts.get(id), why, nowNanos);
            case Event.Sent(AttemptId id) -> attempts.get(id).left(nowNanos);
            case Event.Committed(AttemptId id) -> actions.addAll(attempts.commit(attempts.get(id), nowNanos));
            case Event.Delivered(AttemptId id, TokenUsage usage) -> delivered(attempts.get(id), usage, nowNanos);
            case Event.Failed(AttemptId id, Failure failure) -> failed(attempts.get(id), failure, nowNanos);
            case Event.Fired(TimerKind timer) -> fired(timer, nowNanos);
            case Event.SlotOffered offered -> lookAgain(nowNanos);
            case Event.Shed(Long retryAt) ->
                end(journey.unserved(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, retryAt)));
            case Event.ClientLeft left -> end(new CallResult.ClientGone());
            case Event.Stopped(String by) -> end(new CallResult.StoppedBy(by));
            case Event.Halted(String why) -> end(new CallResult.Halted(why));
            case Event.Overruled(CallResult result) -> end(result);
        }
        return actions;
    }

    /**
     * Something of ours threw while it took an event: what had been decided by then stands, and the call ends.
     *
     * @param thrown gets what throws on the way as suppressed
     */
    public List<Action> broken(Event event, Throwable thrown, long nowNanos) {
        actions.addAll(Breakdown.endAll(event, attempts, thrown, nowNanos));
        if (!over) {
            CallResult result = new CallResult.InternalError(String.valueOf(thrown));
            over(result, journey.selectionOfBroken(registry.generation(), result, thrown));
        }
        return actions;
    }

    /** Whether the call is over and every attempt has ended, so that no event matters any more. */
    public boolean settled() {
        return over && !attempts.anyLive();
    }

    /** Nothing runs: begins the next attempt, waits for one, or gives up. */
    private void advance(long nowNanos) {
        AttemptStarter.Next next = starter.next(attempts.nextNumber(), nowNanos);
        if (parked && !(next instanceof AttemptStarter.Next.Wait)) {
            parked = false;
            actions.add(new Action.Disarm(TimerKind.PARK));
        }
        switch (next) {
            case AttemptStarter.Next.Begin begin -> actions.add(attempts.begin(begin));
            case AttemptStarter.Next.Wait(long until, long limit, var full) -> {
                if (!parked) {
                    parked = true;
                    actions.add(new Action.Park(until, limit, full));
                }
                actions.add(new Action.Arm(TimerKind.PARK, until));
            }
            case AttemptStarter.Next.Nobody(var refusal) -> finish(journey.unserved(refusal));
        }
    }

    private void lookAgain(long nowNanos) {
        if (parked) {
            advance(nowNanos);
        }
    }

    private void denied(Attempt attempt, Event.Denied denied, long nowNanos) {
        boolean othersMayDo = denied.descriptor().side() == Side.DOMAIN;
        if (!attempts.deny(attempt, denied, othersMayDo, nowNanos)) {
            return;
        }
        if (othersMayDo) {
            advance(nowNanos);
        } else {
            end(journey.limits().reached(denied));
        }
    }

    private void reserveFailed(Attempt attempt, String why, long nowNanos) {
        if (attempts.endUnreserved(attempt, why, AttemptResult.Verdict.GIVE_UP, nowNanos)) {
            end(new CallResult.QuotaUnavailable(why));
        }
    }

    private void delivered(Attempt attempt, TokenUsage usage, long nowNanos) {
        if (!attempt.live()) {
            return;
        }
        actions.addAll(attempts.commit(attempt, nowNanos));
        boolean wanted = attempt.wanted();
        var verdict = wanted ? AttemptResult.Verdict.DELIVERED : AttemptResult.Verdict.ABANDONED;
        actions.add(attempts.endDelivered(attempt, usage, verdict, nowNanos));
        if (wanted) {
            finish(new CallResult.Delivered(attempt.id, attempt.replica().id(), usage, attempt.cost(usage)));
        }
        finish(closing.whenQuiet());
    }

    private void failed(Attempt attempt, Failure reported, long nowNanos) {
        if (!attempt.live()) {
            return;
        }
        Failure failure = attempt.counted(reported);
        SpilloverVerdict next = pacing.after(attempt, failure, nowNanos);
        actions.add(attempts.endFailed(attempt, failure, AttemptResult.Verdict.of(next, attempt.abandoned), nowNanos));
        if (attempt.abandoned) {
            finish(closing.whenQuiet());
            return;
        }
        CallResult result = journey.leave(attempt, failure, next);
        if (attempts.anyWanted()) {
            return;
        }
        if (next instanceof SpilloverVerdict.TryAnother) {
            advance(nowNanos);
        } else {
            finish(result);
        }
    }

    private void fired(TimerKind timer, long nowNanos) {
        switch (timer) {
            case TOTAL -> finish(over ? null : closing.begin(actions, nowNanos));
            case CLOSING -> finish(closing.atOnce());
            case PARK -> lookAgain(nowNanos);
            case HEDGE -> {
                if (attempts.oneAwaited() && pacing.mayHedge(nowNanos)) {
                    starter.hedge(attempts.nextNumber(), nowNanos)
                            .ifPresent(begin -> actions.add(attempts.begin(begin)));
                }
            }
        }
    }

    /** Ends the call before its answer is whole: what still runs is cancelled, and settled when it has ended. */
    private void end(CallResult result) {
        if (!over) {
            actions.addAll(attempts.abandonAll(null, null));
            finish(result);
        }
    }

    /** Once; without effect where there is no result yet. */
    private void finish(@Nullable CallResult result) {
        if (result != null && !over) {
            over(result, journey.selection(registry.generation(), result));
        }
    }

    private void over(CallResult result, Selection selection) {
        over = true;
        parked = false;
        actions.addAll(Closing.ending(result, selection));
    }
}
