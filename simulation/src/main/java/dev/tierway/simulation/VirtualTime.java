package dev.tierway.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one event to the next. Events of the same time run in the order they were planned. */
final class VirtualTime {
    private final PriorityQueue<Planned> queue =
            new PriorityQueue<>(Comparator.comparingLong(Planned::atNanos).thenComparingLong(Planned::order));
    private long now;
    private long planned;

    private record Planned(long atNanos, long order, Runnable task) {}

    long nowNanos() {
        return now;
    }

    /** Plans a task; never earlier than now. */
    void at(long atNanos, Runnable task) {
        queue.add(new Planned(Math.max(atNanos, now), planned++, task));
    }

    /** Runs everything that is planned, and what that plans. */
    void run() {
        for (Planned next = queue.poll(); next != null; next = queue.poll()) {
            now = next.atNanos();
            next.task().run();
        }
    }
}
