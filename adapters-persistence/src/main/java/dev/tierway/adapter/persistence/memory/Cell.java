package dev.tierway.adapter.persistence.memory;

import dev.tierway.domain.quota.Hold;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Usage;
import java.util.concurrent.locks.ReentrantLock;

/** The usage of one limit. Everything but the two finals is read and written under the lock. */
final class Cell {
    final ReentrantLock lock = new ReentrantLock();

    /** Locks are taken in this order, so that no two reservations can wait for each other. */
    final long order;

    private Limit limit;
    private Usage usage;
    private int holds;
    /** Made for a reservation that hasn't locked it yet; retiring it would send that one looking again, for ever. */
    private boolean fresh = true;

    private boolean retired;

    Cell(long order, Limit limit) {
        this.order = order;
        this.limit = limit;
        this.usage = Usage.none(limit);
    }

    Cell(long order, KnownUsage known) {
        this.order = order;
        this.limit = known.limit();
        this.usage = known.usage();
        this.fresh = false;
    }

    Usage usage() {
        return usage;
    }

    void taken(Usage after, Hold hold) {
        limit = hold.descriptor().limit();
        usage = after;
        holds++;
    }

    void given(Usage after) {
        usage = after;
        holds--;
    }

    void told(Usage after) {
        usage = after;
    }

    boolean retired() {
        return retired;
    }

    void used() {
        fresh = false;
    }

    /** Out of use for good, if forgetting it changes nothing. */
    boolean retire(QuotaTime now) {
        retired = retired || (!fresh && holds == 0 && usage.at(limit, now).atRest());
        return retired;
    }
}
