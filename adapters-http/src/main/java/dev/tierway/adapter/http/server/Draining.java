package dev.tierway.adapter.http.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether a server still takes work, and how much it has. Shared by its event loops. */
final class Draining {
    private final AtomicInteger running = new AtomicInteger();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private volatile boolean begun;

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
        completeIfIdle();
    }

    /** Completes once draining has begun and nothing runs any more. */
    CompletionStage<Void> idle() {
        return idle;
    }

    void started() {
        running.incrementAndGet();
    }

    void ended() {
        running.decrementAndGet();
        completeIfIdle();
    }

    int running() {
        return running.get();
    }

    private void completeIfIdle() {
        if (begun && running.get() == 0) {
            idle.complete(null);
        }
    }
}
