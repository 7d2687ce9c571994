package dev.tierway.adapter.persistence.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When to look for reservations that expired: not before the oldest could have. So looking costs nothing until something is
 * old, and then a glance at what is open, once in a reservation's life.
 */
final class Expiry {
    private final AtomicLong next = new AtomicLong(Long.MAX_VALUE);

    /** Something expires then. */
    void at(long nanos) {
        long known = next.get();
        while (nanos < known && !next.compareAndSet(known, nanos)) {
            known = next.get();
        }
    }

    /** True for one caller, who must look and then say when to look again. */
    boolean due(long nowNanos) {
        long known = next.get();
        return nowNanos >= known && next.compareAndSet(known, Long.MAX_VALUE);
    }
}
