package dev.tierway.application.service;

import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.in.CallCommand;
import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.call.RoutedCall;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.call.TimerKind;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Ruling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link RoutedCall} against the real world: performs its actions, feeds it what happens. Everything runs on
 * the call's serial executor; answers from elsewhere re-enter it.
 */
final class CallDriver implements Haltable {
    private final CallSpec spec;
    private final CallEnding ending;
    private final Ports ports;
    private final RoutedCall call;
    private final CallExecutor executor;
    private final AttemptRunner attempts;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final CallTimers timers;
    private final Listeners listeners;
    private final ParkedCall parked;
    private boolean feeding;
    private long demand;

    CallDriver(
            CallSpec spec,
            CallCommand command,
            CallParty party,
            ReplicaRegistry registry,
            LimitsInForce limits,
            Ports ports,
            ParkedCall.Turn turn,
            Runnable whenSettled) {
        this.spec = spec;
        this.ports = ports;
        this.call = new RoutedCall(spec, registry);
        this.executor = party.executor();
        this.listeners = new Listeners(ports.listeners());
        AttemptAccounts accounts = new AttemptAccounts(spec, command, ports, listeners, registry);
        this.ending = new CallEnding(party, accounts, listeners, call::settled, whenSettled);
        this.parked = new ParkedCall(turn, spec, registry, ports, executor, listeners, this::feed, ending::over);
        this.timers = new CallTimers(executor, kind -> feed(new Event.Fired(kind)));
        this.attempts = new AttemptRunner(this, spec, command, party, ports, accounts, registry, limits, listeners);
    }

    void start() {
        enter(parked::start);
    }

    @Override
    public String callId() {
        return spec.identity().callId();
    }

    @Override
    public @Nullable Ruling ruling() {
        return spec.features().ask().ruling();
    }

    @Override
    public void request(long events) {
        enter(() -> {
            demand = demand + events < 0 ? Long.MAX_VALUE : demand + events;
            attempts.callerRequests(events);
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

    @Override
    public void halt(String why) {
        enter(() -> feed(new Event.Halted(why)));
    }

    /** Something beside the routing has decided what the call comes to. */
    void overrule(CallResult result) {
        enter(() -> feed(new Event.Overruled(result)));
    }

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
        if (feeding || ending.gone()) {
            return;
        }
        feeding = true;
        try {
            for (Event next = waiting.poll(); next != null; next = waiting.poll()) {
                for (Action action : decided(next)) {
                    performed(action);
                }
            }
        } finally {
            feeding = false;
        }
        ending.settle();
    }

    /** What the call wants done; if it breaks, what ends it: whatever happens, nothing it holds stays held. */
    private List<Action> decided(Event event) {
        try {
            return call.on(event, ports.clock().nanos());
        } catch (RuntimeException | Error broken) {
            List<Action> ending = call.broken(event, broken, ports.clock().nanos());
            listeners.internalError(callId(), broken);
            return ending;
        }
    }

    private void performed(Action action) {
        try {
            perform(action);
        } catch (RuntimeException broken) {
            listeners.internalError(callId(), broken);
            Event answer = BrokenAction.answer(action, broken);
            if (answer != null) {
                feed(answer);
            }
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Reserve reserve -> attempts.reserve(reserve);
            case Action.Send send -> attempts.send(send);
            case Action.Relay(AttemptId id) -> attempts.commit(id, demand);
            case Action.Cancel(AttemptId id) -> attempts.relay(id).cancel();
            case Action.Settle settle -> attempts.settle(settle);
            case Action.Refund refund -> attempts.refund(refund);
            case Action.Arm(TimerKind kind, long at) -> timers.arm(kind, at);
            case Action.Disarm(TimerKind kind) -> disarm(kind);
            case Action.Park park -> parked.enter(park);
            case Action.Finish(var result, Selection selection) -> ending.finish(selection);
        }
    }

    private void disarm(TimerKind kind) {
        timers.disarm(kind);
        if (kind == TimerKind.PARK) {
            parked.leave();
        }
    }

    AttemptRunner attempts() {
        return attempts;
    }

    void slotFreed(Replica of) {
        parked.slotFreed(of);
    }

    void callerBroken(RuntimeException broken) {
        listeners.internalError(callId(), broken);
        if (!ending.over()) {
            feed(new Event.ClientLeft());
        }
    }
}
