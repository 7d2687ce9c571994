package dev.tierway.adapter.persistence.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the one thread that writes it: bounded, handed over in groups. Offering never waits for the disk or the server.
 *
 * @param <T> something to write
 */
public final class GroupQueue<T> {
    private final int capacity;
    private final int group;
    private final long lingerNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean idle;
    private boolean urgent;
    private boolean closed;

    /**
     * @param capacity most that wait
     * @param group most that are written together
     * @param linger how long the first of a group waits for company
     */
    public GroupQueue(int capacity, int group, Duration linger) {
        this.capacity = capacity;
        this.group = group;
        this.lingerNanos = linger.toNanos();
    }

    /** False if there is no room, or it is closed. */
    public boolean offer(T one) {
        lock.lock();
        try {
            if (closed || waiting.size() >= capacity) {
                return false;
            }
            waiting.add(one);
            if (idle || waiting.size() == group) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #offer}, also over capacity, for what somebody waits for: the group goes at once. */
    public boolean offerUrgent(T one) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(one);
            urgent = true;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next group: waits for a first one at most so long, then lingers for more. Empty after the wait, or if it is closed
     * and everything was taken.
     */
    public List<T> take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            idle = true;
            await(longest.toNanos(), 1);
            idle = false;
            if (!waiting.isEmpty()) {
                await(lingerNanos, group);
            }
            List<T> together = new ArrayList<>(Math.min(group, waiting.size()));
            while (together.size() < group && !waiting.isEmpty()) {
                together.add(waiting.remove());
            }
            urgent = urgent && !waiting.isEmpty();
            return together;
        } finally {
            idle = false;
            lock.unlock();
        }
    }

    private void await(long nanos, int enough) throws InterruptedException {
        long left = nanos;
        while (waiting.size() < enough && !urgent && !closed && left > 0) {
            left = changed.awaitNanos(left);
        }
    }

    /** Waits before another try; closing cuts it short. */
    public void pause(Duration time) throws InterruptedException {
        lock.lock();
        try {
            boolean before = closed;
            long left = time.toNanos();
            while (closed == before && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Everything that waits, at once. */
    public List<T> drain() {
        lock.lock();
        try {
            List<T> rest = new ArrayList<>(waiting);
            waiting.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits can still be taken. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    public boolean isFull() {
        return size() >= capacity;
    }
}
