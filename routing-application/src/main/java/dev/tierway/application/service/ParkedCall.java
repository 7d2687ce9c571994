package dev.tierway.application.service;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.queue.QueuePriority;
import dev.tierway.application.queue.ShedReason;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.CallSpec;
import dev.tierway.domain.call.DryRun;
import dev.tierway.domain.call.Event;
import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.routing.Choice;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's wait for a slot: parked, because all are taken, or held back before its start, because others wait for the one
 * it would take. Everything runs on the call's executor.
 */
final class ParkedCall implements WaitingRoom.Waiting {
    private final WaitingRoom room;
    private final Turn turn;
    private final CallSpec spec;
    private final ReplicaRegistry registry;
    private final CallExecutor executor;
    private final MonotonicClock clock;
    private final Listeners listeners;
    private final Consumer<Event> feed;
    private final BooleanSupplier over;
    private WaitingRoom.@Nullable Place place;
    private CallExecutor.@Nullable Timer patience;
    private @Nullable Long sinceNanos;
    private boolean held;
    private boolean parked;

    /** Where calls wait, and whose turn it is when it is this call's. */
    record Turn(WaitingRoom room, String caller, QueuePriority priority, Runnable end) {
        /** It runs no longer, or never did. */
        void leave() {
            end.run();
        }
    }

    ParkedCall(
            Turn turn,
            CallSpec spec,
            ReplicaRegistry registry,
            Ports ports,
            CallExecutor executor,
            Listeners listeners,
            Consumer<Event> feed,
            BooleanSupplier over) {
        this.room = turn.room;
        this.turn = turn;
        this.spec = spec;
        this.registry = registry;
        this.executor = executor;
        this.clock = ports.clock();
        this.listeners = listeners;
        this.feed = feed;
        this.over = over;
    }

    /** The call starts, unless it would take a slot that others have waited for. */
    void start() {
        if (!heldBack()) {
            feed.accept(new Event.Started());
        }
    }

    private boolean heldBack() {
        long most = spec.policy().waiting().parkNanos();
        if (most == 0 || room.isEmpty()) {
            return false;
        }
        long now = clock.nanos();
        Replica next = next(now);
        if (next == null || !room.wanted(next)) {
            return false;
        }
        long limit = Math.min(now + most, spec.deadlineNanos());
        held = true;
        if (enter(List.of(next), limit, now)) {
            patience = executor.schedule(() -> refused(ShedReason.WAITED_TOO_LONG, room.retryAtNanos(limit)), limit);
            room.slotSeen(next);
        }
        return true;
    }

    private @Nullable Replica next(long now) {
        try {
            Choice first = DryRun.of(spec, registry, now).rounds().getFirst().choice();
            return first instanceof Choice.Chosen chosen ? chosen.replica().replica() : null;
        } catch (RuntimeException broken) {
            listeners.internalError(spec.identity().callId(), broken);
            return null;
        }
    }

    void enter(Action.Park park) {
        parked = true;
        if (place != null) {
            // It was held back, and somebody else was faster: it keeps its place.
            room.change(place, park.full());
            return;
        }
        boolean itsTurn = park.untilNanos() == park.limitNanos() && !park.full().isEmpty();
        enter(park.full(), itsTurn ? park.limitNanos() : null, clock.nanos());
    }

    private boolean enter(List<Replica> wants, @Nullable Long limit, long now) {
        sinceNanos = now;
        return switch (room.enter(this, turn.caller, turn.priority, wants, limit, now)) {
            case WaitingRoom.Entry.Waits(var given) -> {
                place = given;
                yield true;
            }
            case WaitingRoom.Entry.Refused(var why, long retryAt) -> {
                refused(why, retryAt);
                yield false;
            }
        };
    }

    private void refused(ShedReason why, long retryAt) {
        listeners.shed(spec.identity().callId(), turn.priority, why);
        feed.accept(new Event.Shed(retryAt));
    }

    /** An attempt of this call has ended. */
    void slotFreed(Replica of) {
        room.slotFreed(of);
    }

    /** It waits no longer, whatever for. */
    void leave() {
        parked = false;
        stopHolding();
        if (place != null) {
            WaitingRoom.Place left = place;
            place = null;
            long now = clock.nanos();
            if (room.leave(left, now) && sinceNanos != null) {
                listeners.waited(spec.identity().callId(), turn.priority, now - sinceNanos);
            }
        }
    }

    private void stopHolding() {
        held = false;
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    /** Later, and not on the stack of whoever freed the slot. */
    @Override
    public void offer(Replica slot, Runnable passOn) {
        executor.execute(() -> {
            boolean waited = place != null;
            if (waited && held) {
                begin();
            } else if (waited) {
                feed.accept(new Event.SlotOffered());
            }
            // It may have taken another, free by then: this one is somebody else's.
            if (!waited || place != null || over.getAsBoolean() || hasRoom(slot)) {
                passOn.run();
            }
        });
    }

    private boolean hasRoom(Replica slot) {
        return registry.snapshot(List.of(slot), List.of(), clock.nanos()).candidates().stream()
                .anyMatch(view -> slot.concurrency() != null && view.load() < 1);
    }

    private void begin() {
        stopHolding();
        feed.accept(new Event.Started());
        if (!parked) {
            leave();
        }
    }

    @Override
    public void shed(ShedReason why, long retryAtNanos) {
        executor.execute(() -> {
            if (place != null) {
                refused(why, retryAtNanos);
            }
        });
    }
}
