package dev.tierway.adapter.persistence.sqlite;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Writes on their way to the one writer: bounded, handed over in groups. Offering never waits for the disk. */
final class WriteQueue {
    private static final int GROUP = 4096;

    private final int capacity;
    private final long lingerNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Write> waiting = new ArrayDeque<>();
    private boolean idle;
    private boolean urgent;
    private boolean closed;

    WriteQueue(int capacity, Duration linger) {
        this.capacity = capacity;
        this.lingerNanos = linger.toNanos();
    }

    /** False if there is no room, or it is closed. */
    boolean offer(Write write) {
        lock.lock();
        try {
            if (closed || waiting.size() >= capacity) {
                return false;
            }
            waiting.add(write);
            if (idle) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #offer}, also over capacity, for what somebody waits for: the group goes at once. */
    boolean offerUrgent(Write write) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(write);
            urgent = true;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next group: waits for a first write at most so long, then lingers for more. Empty after the wait, or if it is closed
     * and everything was taken.
     */
    List<Write> take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            idle = true;
            await(longest.toNanos(), 1);
            idle = false;
            if (!waiting.isEmpty()) {
                await(lingerNanos, GROUP);
            }
            List<Write> group = new ArrayList<>(Math.min(GROUP, waiting.size()));
            while (group.size() < GROUP && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            urgent = urgent && !waiting.isEmpty();
            return group;
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
    void pause(Duration time) throws InterruptedException {
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
    List<Write> drain() {
        lock.lock();
        try {
            List<Write> rest = new ArrayList<>(waiting);
            waiting.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
