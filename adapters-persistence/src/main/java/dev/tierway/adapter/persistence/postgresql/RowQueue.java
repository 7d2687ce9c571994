package dev.tierway.adapter.persistence.postgresql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Rows on their way to the writer: bounded, handed over in groups. Offering never waits for the server. */
final class RowQueue {
    private static final int CAPACITY = 65_536;
    private static final int GROUP = 1000;
    private static final long LINGER_NANOS = Duration.ofMillis(10).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Row> waiting = new ArrayDeque<>();
    private boolean urgent;
    private boolean closed;

    /** False if there is no room, or it is closed. */
    boolean offer(Row row) {
        return offer(row, false);
    }

    /** As {@link #offer}, also over capacity, for what somebody waits for: the group goes at once. */
    boolean offerUrgent(Row row) {
        return offer(row, true);
    }

    private boolean offer(Row row, boolean now) {
        lock.lock();
        try {
            if (closed || (!now && waiting.size() >= CAPACITY)) {
                return false;
            }
            waiting.add(row);
            urgent = urgent || now;
            if (now || waiting.size() == 1 || waiting.size() == GROUP) {
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next group: waits for a first row at most so long, then a moment for company. Empty after the wait or when closed. */
    List<Row> take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            await(longest.toNanos(), 1);
            if (!waiting.isEmpty()) {
                await(LINGER_NANOS, GROUP);
            }
            List<Row> group = new ArrayList<>(Math.min(GROUP, waiting.size()));
            while (group.size() < GROUP && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            urgent = urgent && !waiting.isEmpty();
            return group;
        } finally {
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
    List<Row> drain() {
        lock.lock();
        try {
            List<Row> rest = new ArrayList<>(waiting);
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

    boolean isFull() {
        return size() >= CAPACITY;
    }
}
