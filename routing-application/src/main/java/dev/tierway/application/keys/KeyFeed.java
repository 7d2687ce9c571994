package dev.tierway.application.keys;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks the storage every second what was done to keys elsewhere, so that a key revoked there is refused here, and writes every
 * ten what was used. A store that is slow is asked less often.
 */
public final class KeyFeed implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int UPKEEP_EVERY = 10;

    private final KeyService service;
    private final CallExecutor executor;
    private final MonotonicClock clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private int ticks;
    private volatile boolean closed;

    public KeyFeed(KeyService service, CallExecutors executors, MonotonicClock clock) {
        this.service = service;
        this.executor = executors.forCall();
        this.clock = clock;
    }

    public void start() {
        executor.schedule(this::tick, clock.nanos() + PERIOD.toNanos());
    }

    private void tick() {
        if (closed) {
            return;
        }
        ticks++;
        if (asking.compareAndSet(false, true)) {
            CompletionStage<@Nullable Void> asked =
                    ticks % UPKEEP_EVERY == 0 ? service.refresh().thenCompose(done -> upkeep()) : service.refresh();
            asked.whenComplete((done, error) -> asking.set(false));
        }
        start();
    }

    /** Nothing depends on it: what fails is tried again, and that the storage fails is told by asking it. */
    private CompletionStage<@Nullable Void> upkeep() {
        return service.upgrade()
                .handle((done, error) -> null)
                .thenCompose(done -> service.storeUses())
                .handle((done, error) -> null);
    }

    /** Writes what was used since the last time; the future ends whether that works or not. */
    public CompletableFuture<@Nullable Void> finish() {
        closed = true;
        return upkeep().toCompletableFuture();
    }

    @Override
    public void close() {
        closed = true;
    }
}
