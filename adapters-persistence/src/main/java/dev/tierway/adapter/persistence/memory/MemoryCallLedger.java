package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.LedgerRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** The newest rows of the account book, gone with the process. */
public final class MemoryCallLedger implements CallLedger {
    private final int size;
    private final Deque<LedgerRow> newestFirst = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** @param size how many rows are kept */
    public MemoryCallLedger(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a ledger keeps 1 row or more, not " + size);
        }
        this.size = size;
    }

    @Override
    public void append(LedgerRow row) {
        lock.lock();
        try {
            if (newestFirst.size() == size) {
                newestFirst.removeLast();
            }
            newestFirst.addFirst(row);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<List<LedgerRow>> latest(int limit) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        lock.lock();
        try {
            List<LedgerRow> rows = new ArrayList<>(Math.min(limit, newestFirst.size()));
            Iterator<LedgerRow> newest = newestFirst.iterator();
            while (newest.hasNext() && rows.size() < limit) {
                rows.add(newest.next());
            }
            return CompletableFuture.completedFuture(rows);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
