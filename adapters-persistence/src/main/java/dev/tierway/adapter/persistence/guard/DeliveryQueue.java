package dev.tierway.adapter.persistence.guard;

import dev.tierway.application.port.out.MonotonicClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Deliveries that wait for the store, oldest first; of too many, the oldest are given up and counted. */
final class DeliveryQueue {
    private static final int AT_ONCE = 32;
    private static final int MOST_TRIES = 100;
    private static final long MOST_PAUSE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private record Waiting(Delivery delivery, long dueAt, long order, int tries) {}

    private final StoreLine line;
    private final MonotonicClock clock;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::dueAt).thenComparingLong(Waiting::order));
    private final AtomicInteger missed = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private long orders;

    DeliveryQueue(StoreLine line, MonotonicClock clock, int most) {
        this.line = line;
        this.clock = clock;
        this.most = most;
    }

    /** @param dueAt not before that */
    void add(Delivery delivery, long dueAt) {
        add(delivery, dueAt, 0);
    }

    private void add(Delivery delivery, long dueAt, int tries) {
        lock.lock();
        try {
            waiting.add(new Waiting(delivery, dueAt, orders++, tries));
            if (waiting.size() > most) {
                waiting.poll();
                lost.increment();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What comes back by itself must not push out what doesn't. */
    boolean hasRoomForReports() {
        lock.lock();
        try {
            return waiting.size() < most / 2;
        } finally {
            lock.unlock();
        }
    }

    /** Something isn't even queued. */
    void givenUp() {
        lost.increment();
    }

    private @Nullable Waiting due() {
        lock.lock();
        try {
            Waiting first = waiting.peek();
            return first != null && first.dueAt <= clock.nanos() ? waiting.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Delivers what is due, some at once, until the store fails or nothing is left. Doesn't wait. */
    void deliver() {
        if (missed.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (underWay.get() < AT_ONCE && sent(due())) {}
            seen = missed.addAndGet(-seen);
        } while (seen != 0);
    }

    private boolean sent(@Nullable Waiting one) {
        if (one == null) {
            return false;
        }
        underWay.incrementAndGet();
        CompletableFuture<@Nullable Void> answer = line.ask(store -> one.delivery.to(store, clock.nanos()));
        if (answer == null) {
            underWay.decrementAndGet();
            add(one.delivery, one.dueAt, one.tries);
            return false;
        }
        var unused = answer.whenComplete((done, error) -> {
            underWay.decrementAndGet();
            if (error == null) {
                delivered.increment();
                deliver();
            } else {
                again(one, error);
            }
        });
        return true;
    }

    private void again(Waiting one, Throwable error) {
        if (StoreLine.isOurs(error) || one.tries >= MOST_TRIES) {
            lost.increment();
            return;
        }
        retried.increment();
        long pause = Math.min(MOST_PAUSE_NANOS, PAUSE_NANOS << Math.min(one.tries, 5));
        add(one.delivery, clock.nanos() + pause, one.tries + 1);
    }

    /** Also those just being delivered. */
    int size() {
        lock.lock();
        try {
            return waiting.size() + underWay.get();
        } finally {
            lock.unlock();
        }
    }

    long delivered() {
        return delivered.sum();
    }

    long retried() {
        return retried.sum();
    }

    long lost() {
        return lost.sum();
    }
}
