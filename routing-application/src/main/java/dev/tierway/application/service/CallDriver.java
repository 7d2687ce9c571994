package dev.tierway.application.service;

import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.in.CallHandle;
import dev.tierway.application.port.in.ReplySink;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.call.RoutedCall;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.call.TimerKind;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link RoutedCall} against the real world: performs its actions, feeds it what happens. Everything runs on
 * the call's serial executor; answers from elsewhere re-enter it.
 */
final class CallDriver implements CallHandle {
    private final CallSpec spec;
    private final CallCommand command;
    private final ReplySink caller;
    private final Ports ports;
    private final ParkingLot parking;
    private final Runnable whenSettled;
    private final RoutedCall call;
    private final CallExecutor executor;
    private final AttemptAccounts accounts;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final List<AttemptRelay> relays = new ArrayList<>(2);
    private final Map<TimerKind, CallExecutor.Timer> timers = new EnumMap<>(TimerKind.class);
    private final Runnable slotOffer = () -> enter(() -> feed(new Event.SlotOffered()));
    private boolean feeding;
    private boolean over;
    private boolean gone;
    private long demand;

    CallDriver(
            CallSpec spec,
            CallCommand command,
            ReplySink caller,
            ReplicaRegistry registry,
            Ports ports,
            ParkingLot parking,
            Runnable whenSettled) {
        this.spec = spec;
        this.command = command;
        this.caller = caller;
        this.ports = ports;
        this.parking = parking;
        this.whenSettled = whenSettled;
        this.call = new RoutedCall(spec, registry);
        this.executor = ports.executors().forCall();
        this.accounts = new AttemptAccounts(spec, command, ports);
    }

    void start() {
        enter(() -> feed(new Event.Started()));
    }

    @Override
    public String callId() {
        return spec.identity().callId();
    }

    @Override
    public void request(long events) {
        enter(() -> {
            demand += events;
            relays.forEach(relay -> relay.callerRequests(events));
        });
    }

    @Override
    public void leave() {
        enter(() -> feed(new Event.ClientLeft()));
    }

    @Override
    public void stop(String by) {
        enter(() -> feed(new Event.Stopped(by)));
    }

    /** Runs it on the call's executor: at once if we are there. */
    void enter(Runnable task) {
        if (executor.inside()) {
            task.run();
        } else {
            executor.execute(task);
        }
    }

    /** Feeds one event and performs what follows; events that happen meanwhile wait their turn. */
    void feed(Event event) {
        waiting.add(event);
        if (feeding || gone) {
            return;
        }
        feeding = true;
        try {
            for (Event next = waiting.poll(); next != null; next = waiting.poll()) {
                for (Action action : call.on(next, ports.clock().nanos())) {
                    perform(action);
                }
            }
        } finally {
            feeding = false;
        }
        if (call.settled()) {
            gone = true;
            whenSettled.run();
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Reserve reserve -> reserve(reserve);
            case Action.Send send -> send(send);
            case Action.Relay(AttemptId id) -> relay(id).commit(demand);
            case Action.Cancel(AttemptId id) -> relay(id).cancel();
            case Action.Settle settle -> {
                accounts.settled(settle, relay(settle.attempt()));
                parking.slotFreed();
            }
            case Action.Refund refund -> {
                accounts.refunded(refund, relay(refund.attempt()));
                parking.slotFreed();
            }
            case Action.Arm(TimerKind kind, long at) -> arm(kind, at);
            case Action.Disarm(TimerKind kind) -> disarm(kind);
            case Action.Park(long until) -> parking.enter(slotOffer);
            case Action.Finish(var result, Selection selection) -> finish(selection);
        }
    }

    private AttemptRelay relay(AttemptId id) {
        return relays.get(id.n() - 1);
    }

    private void reserve(Action.Reserve action) {
        relays.add(new AttemptRelay(this, action.attempt(), action.replica(), caller, ports.clock()));
        if (action.descriptors().isEmpty()) {
            feed(new Event.Reserved(action.attempt()));
            return;
        }
        accounts.reserve(action).whenComplete((result, error) -> enter(() -> feed(answer(action, result, error))));
    }

    private Event answer(Action.Reserve action, QuotaStore.@Nullable Result result, @Nullable Throwable error) {
        return switch (result) {
            case QuotaStore.Result.Granted granted -> new Event.Reserved(action.attempt());
            case QuotaStore.Result.Denied(var binding, var retryAfter) ->
                new Event.Denied(
                        action.attempt(),
                        binding,
                        retryAfter == null ? null : ports.clock().nanos() + retryAfter);
            case null -> {
                Throwable cause = error == null ? new IllegalStateException("no answer") : error;
                internalError(cause);
                yield new Event.ReserveFailed(action.attempt(), "the quota store didn't answer: " + cause);
            }
        };
    }

    private void send(Action.Send action) {
        Replica replica = action.replica();
        AttemptRelay relay = relay(action.attempt());
        try {
            relay.opened(ports.transports()
                    .of(replica.provider())
                    .open(
                            new AttemptRequest(
                                    action.attempt(),
                                    command.requestId(),
                                    replica,
                                    command.payload(),
                                    command.facts().stream(),
                                    spec.features().tokens().input(),
                                    action.clocks()),
                            relay));
        } catch (RuntimeException broken) {
            internalError(broken);
            feed(new Event.Failed(
                    action.attempt(),
                    Failure.of(FailureClass.INTERNAL, Processed.UNKNOWN, "the transport broke: " + broken)));
        }
    }

    private void arm(TimerKind kind, long atNanos) {
        disarm(kind);
        timers.put(kind, executor.schedule(() -> feed(new Event.Fired(kind)), atNanos));
    }

    private void disarm(TimerKind kind) {
        CallExecutor.Timer timer = timers.remove(kind);
        if (timer != null) {
            timer.cancel();
        }
        if (kind == TimerKind.PARK) {
            parking.leave(slotOffer);
        }
    }

    private void finish(Selection selection) {
        over = true;
        try {
            caller.end(selection);
        } catch (RuntimeException broken) {
            internalError(broken);
        }
        ports.decisions().append(selection);
        ports.listeners().forEach(listener -> listener.finished(selection));
    }

    /** The caller's own sink threw: it can't be served any more. */
    void callerBroken(RuntimeException broken) {
        internalError(broken);
        if (!over) {
            feed(new Event.ClientLeft());
        }
    }

    void internalError(Throwable error) {
        ports.listeners().forEach(listener -> listener.internalError(callId(), error));
    }
}
