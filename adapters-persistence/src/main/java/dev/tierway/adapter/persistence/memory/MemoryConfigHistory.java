package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.config.ConfigGeneration;
import dev.tierway.application.port.out.ConfigHistory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/** Configurations that were in force, gone with the process. */
public final class MemoryConfigHistory implements ConfigHistory {
    private final Deque<ConfigGeneration> newestFirst = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    public CompletionStage<Long> append(ConfigGeneration next, long above) {
        lock.lock();
        try {
            ConfigGeneration newest = newestFirst.peekFirst();
            if (newest != null && newest.number() > above && newest.hash().equals(next.hash())) {
                return CompletableFuture.completedFuture(newest.number());
            }
            long number = Math.max(newest == null ? 0 : newest.number(), above) + 1;
            newestFirst.addFirst(next.numbered(number));
            if (newestFirst.size() > MOST) {
                newestFirst.removeLast();
            }
            return CompletableFuture.completedFuture(number);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<List<ConfigGeneration>> latest(int limit) {
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
    public CompletionStage<Optional<ConfigGeneration>> find(long number) {
        lock.lock();
        try {
            return CompletableFuture.completedFuture(
                    newestFirst.stream().filter(one -> one.number() == number).findFirst());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing waits and nothing is held open; what is kept goes with this object.
    }
}
