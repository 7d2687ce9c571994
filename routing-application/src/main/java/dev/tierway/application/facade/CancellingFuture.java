package dev.tierway.application.facade;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A future whose cancelling reaches the call behind it. */
final class CancellingFuture<T> extends CompletableFuture<T> {
    private final Runnable whenCancelled;

    CancellingFuture(Runnable whenCancelled) {
        this.whenCancelled = whenCancelled;
    }

    void settle(@Nullable T value, @Nullable Throwable failure) {
        if (value != null) {
            complete(value);
        } else {
            completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            whenCancelled.run();
        }
        return cancelled;
    }
}
