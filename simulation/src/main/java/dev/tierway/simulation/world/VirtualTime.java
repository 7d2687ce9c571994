package dev.tierway.simulation.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps from one event to the next. Events of the same time run in the order they were planned. A binary heap
 * over arrays: millions of events, none of them boxed.
 */
public final class VirtualTime {
    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private @Nullable Runnable[] tasks = new Runnable[1024];
    private int size;
    private long now;
    private long planned;

    public long nowNanos() {
        return now;
    }

    /** Plans a task; never earlier than now. */
    public void at(long atNanos, Runnable task) {
        if (size == times.length) {
            grow();
        }
        place(Math.max(atNanos, now), planned++, task);
    }

    /** Runs everything that is planned, and what that plans. */
    public void run() {
        while (size > 0) {
            Runnable next = tasks[0];
            now = times[0];
            removeFirst();
            if (next != null) {
                next.run();
            }
        }
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        tasks = Arrays.copyOf(tasks, 2 * size);
    }

    private void place(long time, long order, Runnable task) {
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(time, order, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, time, order, task);
    }

    private void removeFirst() {
        int last = --size;
        long time = times[last];
        long order = orders[last];
        Runnable task = tasks[last];
        tasks[last] = null;
        if (last == 0) {
            return;
        }
        int at = 0;
        for (int child = 1; child < last; child = 2 * at + 1) {
            if (child + 1 < last && before(times[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (before(time, order, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, time, order, task);
    }

    private boolean before(long time, long order, int other) {
        return time < times[other] || (time == times[other] && order < orders[other]);
    }

    private void move(int from, int to) {
        set(to, times[from], orders[from], tasks[from]);
    }

    private void set(int at, long time, long order, @Nullable Runnable task) {
        times[at] = time;
        orders[at] = order;
        tasks[at] = task;
    }
}
