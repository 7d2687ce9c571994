package dev.tierway.adapter.persistence.lease;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does something now and then. */
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    private Ticker() {}

    /** @return stops it */
    static Runnable start(Duration every, Runnable tick) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("tierway-quota-shares").daemon().factory());
        long nanos = Math.max(1, every.toNanos());
        var unused = thread.scheduleWithFixedDelay(() -> guarded(tick), nanos, nanos, TimeUnit.NANOSECONDS);
        return thread::shutdown;
    }

    /** A failure must not end the ticks. */
    private static void guarded(Runnable tick) {
        try {
            tick.run();
        } catch (RuntimeException broken) {
            LOG.error("shares of limits could not be looked after; trying again", broken);
        }
    }
}
