package dev.tierway.simulation;

import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.call.RoutedCall;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.call.TimerKind;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fleet.Mixing;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Drives one {@link RoutedCall} in virtual time: the third thin driver, beside the asynchronous one and its façade. */
final class VirtualDriver {
    private final CallSpec spec;
    private final RoutedCall call;
    private final VirtualTime time;
    private final Map<ReplicaId, ReplicaModel> models;
    private final long outputTokens;
    private final Consumer<Selection> whenOver;
    private final Map<TimerKind, Long> armed = new EnumMap<>(TimerKind.class);
    private final Set<AttemptId> ended = new HashSet<>();

    VirtualDriver(
            CallSpec spec,
            ReplicaRegistry registry,
            VirtualTime time,
            Map<ReplicaId, ReplicaModel> models,
            long outputTokens,
            Consumer<Selection> whenOver) {
        this.spec = spec;
        this.call = new RoutedCall(spec, registry);
        this.time = time;
        this.models = models;
        this.outputTokens = outputTokens;
        this.whenOver = whenOver;
    }

    void start() {
        feed(new Event.Started());
    }

    private void feed(Event event) {
        call.on(event, time.nowNanos()).forEach(this::perform);
    }

    private void later(long atNanos, Event event) {
        time.at(atNanos, () -> feed(event));
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Reserve reserve -> later(time.nowNanos(), new Event.Reserved(reserve.attempt()));
            case Action.Send send -> send(send);
            case Action.Cancel(AttemptId id) ->
                end(
                        id,
                        time.nowNanos(),
                        new Event.Failed(id, Failure.of(FailureClass.CANCELLED, Processed.UNKNOWN, "cancelled")));
            case Action.Arm(TimerKind kind, long at) -> {
                armed.put(kind, at);
                time.at(at, () -> {
                    if (armed.remove(kind, at)) {
                        feed(new Event.Fired(kind));
                    }
                });
            }
            case Action.Disarm(TimerKind kind) -> armed.remove(kind);
            case Action.Finish(var result, Selection selection) -> whenOver.accept(selection);
            case Action.Relay relay -> {}
            case Action.Settle settle -> {}
            case Action.Refund refund -> {}
            case Action.Park park -> {}
        }
    }

    private void send(Action.Send send) {
        AttemptId id = send.attempt();
        ReplicaModel model = models.get(send.replica().id());
        if (model == null) {
            throw new IllegalStateException("no model of " + send.replica().id());
        }
        long now = time.nowNanos();
        later(now, new Event.Sent(id));
        long seed = Mixing.mix(spec.seed(), 1000 + id.n());
        switch (model.attempt(seed, now, outputTokens)) {
            case ReplicaModel.Outcome.Answer(long first, long whole) -> {
                long input = spec.features().tokens().input();
                later(now + first, new Event.Committed(id));
                end(id, now + whole, new Event.Delivered(id, TokenUsage.reported(input, outputTokens)));
            }
            case ReplicaModel.Outcome.Fails(long after, Failure failure) ->
                end(id, now + after, new Event.Failed(id, failure));
        }
    }

    /** Only the first end of an attempt is told. */
    private void end(AttemptId id, long atNanos, Event event) {
        time.at(atNanos, () -> {
            if (ended.add(id)) {
                feed(event);
            }
        });
    }
}
