package dev.tierway.application.tools;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future whose cancelling interrupts the thread behind it. */
final class InterruptingFuture<T> extends CompletableFuture<T> {
    private volatile @Nullable Thread thread;

    void runOn(Thread unstarted) {
        thread = unstarted;
        unstarted.start();
    }

    void settle(Supplier<T> work) {
        try {
            complete(work.get());
        } catch (RuntimeException | Error failed) {
            completeExceptionally(failed);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Thread running = thread;
        if (cancelled && running != null) {
            running.interrupt();
        }
        return cancelled;
    }
}
