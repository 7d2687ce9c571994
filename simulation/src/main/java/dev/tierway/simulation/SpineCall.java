package dev.tierway.simulation;

import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.call.RoutedCall;
import dev.tierway.domain.call.TimerKind;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Usage;
import dev.tierway.simulation.world.AttemptLimits;
import dev.tierway.simulation.world.Exchange;
import dev.tierway.simulation.world.FaultKind;
import dev.tierway.simulation.world.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drives one {@link RoutedCall} in virtual time: the third thin driver, beside the asynchronous one and its façade. */
final class SpineCall {
    private static final long UNARMED = -1;

    private final Spine spine;
    private final CallSpec spec;
    private final Request request;
    private final RoutedCall call;
    private final long[] armed = new long[TimerKind.values().length];
    private final List<SpineAttempt> sent = new ArrayList<>(1);
    private final Deque<Event> waiting = new ArrayDeque<>(2);
    private boolean feeding;
    private boolean parked;
    private long firstTokenNanos = -1;

    SpineCall(Spine spine, CallSpec spec, Request request) {
        this.spine = spine;
        this.spec = spec;
        this.request = request;
        this.call = new RoutedCall(spec, spine.registry);
        Arrays.fill(armed, UNARMED);
    }

    void start() {
        feed(new Event.Started());
    }

    void clientLeaves() {
        if (!spine.stage.log().over(request.call())) {
            feed(new Event.ClientLeft());
        }
    }

    /** Whether the call was parked and isn't any more. */
    boolean tookOffer() {
        if (!parked) {
            return false;
        }
        feed(new Event.SlotOffered());
        return !parked;
    }

    private void feed(Event event) {
        waiting.add(event);
        if (feeding) {
            return;
        }
        feeding = true;
        for (Event next = waiting.poll(); next != null; next = waiting.poll()) {
            call.on(next, now()).forEach(this::perform);
        }
        feeding = false;
    }

    private long now() {
        return spine.stage.time().nowNanos();
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Reserve reserve -> reserve(reserve);
            case Action.Send send -> send(send);
            case Action.Relay(AttemptId id) -> firstTokenNanos = now();
            case Action.Cancel(AttemptId id) -> cancel(id);
            case Action.Settle(AttemptId id, var usage, var cost, var counted) ->
                release(id, usage == null ? new Ending.Unknown(Amounts.NONE) : settled(usage, cost));
            case Action.Refund(AttemptId id, var extent) ->
                release(
                        id,
                        extent == Action.Refund.Extent.ALL ? new Ending.Refunded() : new Ending.RefundedButRequest());
            case Action.Arm(TimerKind kind, long at) -> arm(kind, at);
            case Action.Disarm(TimerKind kind) -> disarm(kind);
            case Action.Park park -> {
                parked = true;
                spine.park(this);
            }
            case Action.Finish(CallResult result, var selection) -> finish(result);
        }
    }

    private static Ending settled(TokenUsage usage, @Nullable NanoUsd cost) {
        return new Ending.Settled(Amounts.of(usage, cost == null ? NanoUsd.ZERO : cost));
    }

    private void reserve(Action.Reserve action) {
        AttemptId id = action.attempt();
        spine.checks.reserved(request.call());
        if (action.descriptors().isEmpty()) {
            feed(new Event.Reserved(id));
            return;
        }
        switch (spine.quotas.reserve(id.callId(), id.n(), action.descriptors(), action.estimate(), spine.quotaTime())) {
            case ReservationResult.Granted granted -> {
                granted.left().forEach(one -> spine.registry.left(one, now()));
                feed(new Event.Reserved(id));
            }
            case ReservationResult.Denied(var binding, Long retryAfter, var left) -> {
                spine.checks.released(request.call());
                spine.registry.left(
                        new Left(binding, left, retryAfter == null ? Usage.NEVER : retryAfter, false), now());
                feed(new Event.Denied(id, binding, retryAfter == null ? null : now() + retryAfter, left));
                spine.slotFreed();
            }
        }
    }

    private void release(AttemptId id, Ending ending) {
        spine.checks.released(request.call());
        spine.quotas.end(id.callId(), id.n(), ending, spine.quotaTime());
        spine.slotFreed();
    }

    private void send(Action.Send action) {
        spine.checks.sent(request.call(), firstTokenNanos >= 0);
        SpineAttempt attempt = new SpineAttempt(this, action.attempt());
        sent.add(attempt);
        attempt.begun(spine.stage
                .upstreams()
                .send(
                        spine.indexOf(action.replica().id()),
                        sent.size(),
                        request,
                        new AttemptLimits(
                                action.clocks().connectNanos(), action.clocks().firstTokenNanos()),
                        attempt));
        feed(new Event.Sent(action.attempt()));
    }

    private void cancel(AttemptId id) {
        for (SpineAttempt attempt : sent) {
            if (attempt.cancelled(id, now())) {
                feed(new Event.Failed(id, Failure.of(FailureClass.CANCELLED, Processed.UNKNOWN, "cancelled")));
            }
        }
    }

    private void arm(TimerKind kind, long at) {
        armed[kind.ordinal()] = at;
        spine.stage.time().at(at, () -> {
            if (armed[kind.ordinal()] == at) {
                armed[kind.ordinal()] = UNARMED;
                feed(new Event.Fired(kind));
            }
        });
    }

    private void disarm(TimerKind kind) {
        armed[kind.ordinal()] = UNARMED;
        if (kind == TimerKind.PARK && parked) {
            parked = false;
            spine.unpark(this);
        }
    }

    private void finish(CallResult result) {
        spine.checks.finished(request.call(), spec.deadlineNanos());
        spine.quotas.finish(spec.identity().callId(), spine.quotaTime());
        CallLog log = spine.stage.log();
        if (result instanceof CallResult.Delivered) {
            log.delivered(request.call(), firstTokenNanos, now());
        } else if (!log.over(request.call())) {
            log.failed(request.call(), now());
        }
    }

    void firstToken(AttemptId id) {
        feed(new Event.Committed(id));
    }

    void ended(AttemptId id, Exchange over) {
        FaultKind fault = over.fault();
        feed(
                fault == null
                        ? new Event.Delivered(id, Failures.usage(over))
                        : new Event.Failed(id, Failures.of(fault, over)));
    }
}
