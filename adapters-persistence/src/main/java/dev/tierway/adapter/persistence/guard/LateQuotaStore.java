package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Raised;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose server may not be there yet: pings try to open it, one at a time; until that succeeds everything else fails at
 * once.
 */
public final class LateQuotaStore implements RemoteQuotaStore {
    private final Supplier<RemoteQuotaStore> opening;
    private final Executor threads;
    private final AtomicReference<@Nullable CompletableFuture<RemoteQuotaStore>> store = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * @param opening may wait, and throws a {@link StoreException} if the server can't be used
     * @param threads where it waits
     */
    public LateQuotaStore(Supplier<RemoteQuotaStore> opening, Executor threads) {
        this.opening = opening;
        this.threads = threads;
    }

    /** Opens it if need be, and asks whether it is there. */
    @Override
    public CompletionStage<@Nullable Void> ping() {
        CompletableFuture<RemoteQuotaStore> now = store.get();
        if (now == null || now.isCompletedExceptionally()) {
            CompletableFuture<RemoteQuotaStore> next = new CompletableFuture<>();
            if (store.compareAndSet(now, next)) {
                threads.execute(() -> open(next));
            }
            now = next;
        }
        return now.thenCompose(RemoteQuotaStore::ping);
    }

    private void open(CompletableFuture<RemoteQuotaStore> into) {
        try {
            RemoteQuotaStore opened = opening.get();
            into.complete(opened);
            if (closed) {
                opened.close();
            }
        } catch (RuntimeException failed) {
            into.completeExceptionally(failed);
        }
    }

    private @Nullable RemoteQuotaStore opened() {
        CompletableFuture<RemoteQuotaStore> now = store.get();
        return now == null || !now.isDone() || now.isCompletedExceptionally() ? null : now.join();
    }

    private <T> CompletionStage<T> ask(Function<RemoteQuotaStore, CompletionStage<T>> question) {
        RemoteQuotaStore now = opened();
        return now == null
                ? CompletableFuture.failedStage(new StoreException("it could not be opened yet"))
                : question.apply(now);
    }

    @Override
    public CompletionStage<Result> reserve(Reservation reservation) {
        return ask(now -> now.reserve(reservation));
    }

    @Override
    public CompletionStage<@Nullable Void> settle(AttemptId attempt, Amounts actual) {
        return ask(now -> now.settle(attempt, actual));
    }

    @Override
    public CompletionStage<@Nullable Void> settleUnknown(AttemptId attempt, Amounts seen) {
        return ask(now -> now.settleUnknown(attempt, seen));
    }

    @Override
    public CompletionStage<@Nullable Void> refund(AttemptId attempt, Action.Refund.Extent extent) {
        return ask(now -> now.refund(attempt, extent));
    }

    @Override
    public CompletionStage<@Nullable Void> finish(String callId) {
        return ask(now -> now.finish(callId));
    }

    @Override
    public CompletionStage<@Nullable Void> observe(@Nullable AttemptId attempt, List<VendorObservation> seen) {
        return ask(now -> now.observe(attempt, seen));
    }

    @Override
    public CompletionStage<List<Left>> left(List<Descriptor> descriptors) {
        return ask(now -> now.left(descriptors));
    }

    @Override
    public CompletionStage<List<Raised>> raise(List<Floor> floors) {
        return ask(now -> now.raise(floors));
    }

    @Override
    public int liveInstances() {
        RemoteQuotaStore now = opened();
        return now == null ? 1 : now.liveInstances();
    }

    @Override
    public void close() {
        closed = true;
        RemoteQuotaStore now = opened();
        if (now != null) {
            now.close();
        }
    }
}
