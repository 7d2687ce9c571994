package dev.tierway.adapter.persistence;

import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks, moved by the test. */
public final class ManualClock implements MonotonicClock, WallClock {
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final AtomicLong epochMillis =
            new AtomicLong(Instant.parse("2026-11-18T12:00:00Z").toEpochMilli());

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long epochMillis() {
        return epochMillis.get();
    }

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
        epochMillis.addAndGet(time.toMillis());
    }

    /** Only the wall clock may step. */
    public void stepWall(Duration time) {
        epochMillis.addAndGet(time.toMillis());
    }
}
