package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.ManualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Rings when the test moves the clock. */
final class ManualAlarm implements Alarm {
    private record Set(long at, long order, Runnable task) {}

    private final ManualClock clock;
    private final PriorityQueue<Set> set =
            new PriorityQueue<>(Comparator.comparingLong(Set::at).thenComparingLong(Set::order));
    private long orders;

    ManualAlarm(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Set one = new Set(clock.nanos() + delay.toNanos(), orders++, task);
        set.add(one);
        return () -> set.remove(one);
    }

    /** Lets time pass, and rings whenever it is time. */
    void advance(Duration time) {
        long until = clock.nanos() + time.toNanos();
        while (!set.isEmpty() && set.peek().at <= until) {
            Set next = set.poll();
            clock.advance(Duration.ofNanos(Math.max(0, next.at - clock.nanos())));
            next.task.run();
        }
        clock.advance(Duration.ofNanos(until - clock.nanos()));
    }

    int pending() {
        return set.size();
    }

    @Override
    public void close() {
        set.clear();
    }
}
