package dev.tierway.application.service;

import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The calls that run, until none is taken any more and the last has ended. */
final class RunningCalls {
    private final Map<Haltable, CallOptions> running = new ConcurrentHashMap<>();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile boolean draining;

    /** @throws OverloadedException once none is taken any more */
    void requireOpen() {
        if (draining) {
            throw new OverloadedException(new TierwayException.Details(
                    "this instance is shutting down; ask another", 503, "shutting_down", true, null, null));
        }
    }

    void add(Haltable call, CallOptions options) {
        running.put(call, options);
    }

    /** @param call null: none that was added */
    void remove(@Nullable Haltable call) {
        if (call != null) {
            running.remove(call);
        }
        if (draining && running.isEmpty()) {
            drained.complete(null);
        }
    }

    void forEach(BiConsumer<Haltable, CallOptions> what) {
        running.forEach(what);
    }

    /** Completes when the running ones have ended. */
    CompletableFuture<@Nullable Void> drain() {
        draining = true;
        if (running.isEmpty()) {
            drained.complete(null);
        }
        return drained;
    }

    boolean draining() {
        return draining;
    }

    int size() {
        return running.size();
    }
}
