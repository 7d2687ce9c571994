package dev.tierway.application.service;

import dev.tierway.application.port.out.GivenOrder;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.operator.OperatorAction;
import dev.tierway.domain.operator.OperatorOrder;
import dev.tierway.domain.operator.OperatorOverlay;
import dev.tierway.domain.operator.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The orders this instance knows, kept in force in the registry. Ends given on the wall clock follow it if it steps. */
final class OrderBook {
    private static final long STEP_MILLIS = 500;
    private static final long MILLION = 1_000_000;
    private static final long FARTHEST_MILLIS = Long.MAX_VALUE / 4 / MILLION;

    private final ReplicaRegistry registry;
    private final MonotonicClock clock;
    private final WallClock wallClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Place, NumberedOrder> orders = new LinkedHashMap<>();
    private long seen;
    private long offsetMillis;

    /** Where one order takes the place of another. */
    private record Place(OperatorOrder.Topic topic, Scope scope) {}

    OrderBook(ReplicaRegistry registry, MonotonicClock clock, WallClock wallClock) {
        this.registry = registry;
        this.clock = clock;
        this.wallClock = wallClock;
        this.offsetMillis = offset();
    }

    /** Wall clock minus monotonic clock. */
    private long offset() {
        return wallClock.epochMillis() - clock.nanos() / MILLION;
    }

    /** The highest number known. */
    long seen() {
        lock.lock();
        try {
            return seen;
        } finally {
            lock.unlock();
        }
    }

    List<NumberedOrder> orders() {
        lock.lock();
        try {
            return List.copyOf(orders.values());
        } finally {
            lock.unlock();
        }
    }

    /** Puts what is new in force, and returns it. */
    List<NumberedOrder> take(List<NumberedOrder> learned) {
        lock.lock();
        try {
            List<NumberedOrder> fresh = new ArrayList<>();
            for (NumberedOrder order : learned) {
                if (order.number() > seen) {
                    seen = order.number();
                    GivenOrder given = order.given();
                    orders.put(new Place(given.order().topic(), given.scope()), order);
                    fresh.add(order);
                }
            }
            boolean stepped = Math.abs(offset() - offsetMillis) > STEP_MILLIS;
            if (!fresh.isEmpty() || stepped) {
                offsetMillis = offset();
                registry.operate(overlay());
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private OperatorOverlay overlay() {
        return new OperatorOverlay(
                seen, orders.values().stream().map(this::action).toList());
    }

    private OperatorAction action(NumberedOrder order) {
        GivenOrder given = order.given();
        Long until = given.untilEpochMillis();
        return new OperatorAction(
                order.number(),
                given.scope(),
                given.order(),
                given.author(),
                given.reason(),
                until == null ? null : Math.clamp(until - offsetMillis, -FARTHEST_MILLIS, FARTHEST_MILLIS) * MILLION);
    }
}
