package dev.tierway.application.service;

import dev.tierway.application.port.out.CallExecutor;
import dev.tierway.application.port.out.CallExecutors;
import dev.tierway.application.port.out.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the storage every second what operators have ordered elsewhere, and ends what has ended. A store that is slow is asked
 * less often.
 */
public final class OperatorFeed implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final OperatorService service;
    private final CallExecutor executor;
    private final MonotonicClock clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean closed;

    public OperatorFeed(OperatorService service, CallExecutors executors, MonotonicClock clock) {
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
        service.obey();
        if (asking.compareAndSet(false, true)) {
            service.refresh().whenComplete((done, error) -> asking.set(false));
        }
        start();
    }

    @Override
    public void close() {
        closed = true;
    }
}
