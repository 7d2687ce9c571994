package dev.tierway.adapter.persistence.redis;

import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lives of things in the store, and the calendar.
 *
 * @param wallClock of this instance; only to guess which calendar windows the server may need
 * @param zone where the days and months of budgets begin
 * @param reservation how long a reservation waits to be settled or refunded
 * @param lease how long concurrency is held without a sign of life of its instance
 * @param micros null, or in tests the server's time
 */
record RedisClocks(
        WallClock wallClock,
        ZoneId zone,
        Duration reservation,
        Duration lease,
        @Nullable LongSupplier micros) {
    /** Swept at the next step of anybody; two heartbeats may get lost. So 15 s after a process died its concurrency is free. */
    static final Duration LEASE = Duration.ofSeconds(13);

    /** What every script is told first. */
    String now() {
        return micros == null ? "" : Long.toString(micros.getAsLong());
    }

    String leaseMicros() {
        return micros(lease);
    }

    String reservationMicros() {
        return micros(reservation);
    }

    static String micros(Duration time) {
        return Long.toString(time.toNanos() / 1000);
    }
}
