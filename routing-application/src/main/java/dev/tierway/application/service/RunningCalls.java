package dev.tierway.application.service;

import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.port.in.CallHandle;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls that haven't ended in every respect, and whether more may begin. */
final class RunningCalls {
    private final Set<CallHandle> running = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile boolean draining;

    /** @throws OverloadedException while draining */
    void refuseWhileDraining() {
        if (draining) {
            throw new OverloadedException(new TierwayException.Details(
                    "this instance is shutting down; ask another", 503, "shutting_down", true, null, null));
        }
    }

    /** @throws OverloadedException while draining */
    void enter(CallHandle call, Removal removal) {
        removal.of = call;
        running.add(call);
        if (draining) {
            // It began to drain since the first look: whoever waits for the last call must not miss this one.
            removal.run();
            refuseWhileDraining();
        }
    }

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

    void stopAll(String by) {
        running.forEach(call -> call.stop(by));
    }

    int size() {
        return running.size();
    }

    /** Forgets a call once it has ended in every respect. */
    final class Removal implements Runnable {
        private @Nullable CallHandle of;

        @Override
        public void run() {
            if (of != null) {
                running.remove(of);
            }
            if (draining && running.isEmpty()) {
                drained.complete(null);
            }
        }
    }
}
