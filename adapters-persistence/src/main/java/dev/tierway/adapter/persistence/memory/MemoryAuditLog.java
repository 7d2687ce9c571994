package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.AuditEntry;
import dev.tierway.application.port.out.AuditLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The newest entries of the audit trail, gone with the process. */
public final class MemoryAuditLog implements AuditLog {
    private final int size;
    private final Deque<AuditEntry> newestFirst = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** @param size how many entries are kept */
    public MemoryAuditLog(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("an audit trail keeps 1 entry or more, not " + size);
        }
        this.size = size;
    }

    @Override
    public CompletionStage<@Nullable Void> append(AuditEntry entry) {
        lock.lock();
        try {
            if (newestFirst.size() == size) {
                newestFirst.removeLast();
            }
            newestFirst.addFirst(entry);
            return CompletableFuture.completedFuture(null);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<List<AuditEntry>> latest(int limit) {
        if (limit < 1) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("limit must be 1 or more, not " + limit));
        }
        lock.lock();
        try {
            return CompletableFuture.completedFuture(
                    newestFirst.stream().limit(limit).toList());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
