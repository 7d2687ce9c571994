package dev.tierway.domain.call;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.fixture.Limits;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.RequestFeatures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One call through a random fleet, with random answers, in whatever order, until everything has ended. */
public final class RandomRide {
    private static final int MOST_STEPS = 500;

    final RandomFleets fleet;
    public final RequestFeatures features;
    public final ScriptedCall call;
    /** The fleet as it was just after each attempt's permit was taken. */
    final Map<Integer, List<ReplicaView>> seen = new LinkedHashMap<>();

    final Set<AttemptId> granted = new LinkedHashSet<>();
    private final Set<AttemptId> answered = new LinkedHashSet<>();
    private final Set<AttemptId> ended = new LinkedHashSet<>();
    private final boolean kindly;

    private RandomRide(RandomFleets fleet, long seed, boolean kindly) {
        this.fleet = fleet;
        this.kindly = kindly;
        Requests request = fleet.request();
        this.features = request.build();
        this.call = ScriptedCall.call(fleet.registry, request, fleet.clock)
                .policy(fleet.policy())
                .seed(seed)
                .startedWithoutGrants();
    }

    /** Every reservation granted; every attempt fails until nothing is left to try. */
    public static RandomRide failing(long seed) {
        return new RandomRide(RandomFleets.of(seed), seed, true).run();
    }

    /** Anything may happen, twice, late, or both. */
    public static RandomRide wild(long seed) {
        return new RandomRide(RandomFleets.of(seed), seed, false).run();
    }

    private RandomRide run() {
        look();
        for (int step = 0; step < MOST_STEPS && !call.settled(); step++) {
            if (kindly || step > MOST_STEPS / 5) {
                finishSomething();
            } else {
                anything();
            }
            look();
        }
        return this;
    }

    private void look() {
        for (Action.Reserve reserve : call.actions(Action.Reserve.class)) {
            seen.computeIfAbsent(reserve.attempt().n(), n -> views());
        }
    }

    private List<ReplicaView> views() {
        List<Replica> all = List.copyOf(fleet.registry.catalogue().replicas());
        return fleet.registry.snapshot(all, List.of(), fleet.clock.nanos()).candidates();
    }

    /** The next thing that brings the call to its end. */
    private void finishSomething() {
        for (Action.Reserve reserve : call.actions(Action.Reserve.class)) {
            if (answered.add(reserve.attempt())) {
                granted.add(reserve.attempt());
                call.feed(new Event.Reserved(reserve.attempt()));
                return;
            }
        }
        if (call.armed(TimerKind.HEDGE) && fleet.random.nextBoolean()) {
            call.rings(TimerKind.HEDGE);
            return;
        }
        for (Action.Send send : call.actions(Action.Send.class)) {
            if (ended.add(send.attempt())) {
                call.feed(new Event.Failed(send.attempt(), fleet.failure()));
                return;
            }
        }
        for (TimerKind kind : List.of(TimerKind.PARK, TimerKind.TOTAL, TimerKind.CLOSING)) {
            if (call.armed(kind)) {
                call.rings(kind);
                return;
            }
        }
    }

    private void anything() {
        fleet.clock.advance(Duration.ofMillis(fleet.random.nextInt(300)));
        List<Action.Reserve> reserves = call.actions(Action.Reserve.class);
        if (reserves.isEmpty() || fleet.random.nextInt(8) == 0) {
            call.feed(ofTheCall());
            return;
        }
        AttemptId id = reserves.get(fleet.random.nextInt(reserves.size())).attempt();
        boolean sent = call.actions(Action.Send.class).stream()
                .anyMatch(one -> one.attempt().equals(id));
        switch (fleet.random.nextInt(sent ? 16 : 8)) {
            case 0, 1, 2, 3, 4 -> reserved(id);
            case 5, 6 -> denied(id);
            case 7 -> {
                answered.add(id);
                call.feed(new Event.ReserveFailed(id, "down"));
            }
            case 8, 9 -> call.feed(new Event.Sent(id));
            case 10 -> call.feed(new Event.Committed(id));
            case 11 -> {
                ended.add(id);
                call.feed(new Event.Delivered(id, TokenUsage.reported(1000, 10)));
            }
            default -> {
                ended.add(id);
                call.feed(new Event.Failed(id, fleet.failure()));
            }
        }
    }

    private void reserved(AttemptId id) {
        if (answered.add(id)) {
            granted.add(id);
        }
        call.feed(new Event.Reserved(id));
    }

    private void denied(AttemptId id) {
        answered.add(id);
        var limit =
                fleet.random.nextInt(8) == 0 ? Limits.ofCaller(Dimension.TOKENS) : Limits.ofDomain(Dimension.TOKENS);
        Long retryAt = fleet.random.nextBoolean() ? null : Long.valueOf(fleet.clock.nanos() + 500_000_000L);
        call.feed(new Event.Denied(id, limit, retryAt));
    }

    private Event ofTheCall() {
        List<Event> events = new ArrayList<>(List.of(
                new Event.SlotOffered(),
                new Event.SlotOffered(),
                new Event.Fired(TimerKind.PARK),
                new Event.Fired(TimerKind.HEDGE),
                new Event.Fired(TimerKind.HEDGE)));
        if (fleet.random.nextInt(20) == 0) {
            events.add(new Event.ClientLeft());
            events.add(new Event.Stopped("test"));
            events.add(new Event.Shed(null));
            events.add(new Event.Fired(TimerKind.TOTAL));
        }
        return events.get(fleet.random.nextInt(events.size()));
    }

    int inFlight() {
        return views().stream().mapToInt(view -> view.state().inFlight()).sum();
    }
}
