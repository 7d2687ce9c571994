package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Stores whose server believes it is as late as the test says. */
final class RedisStores {
    private RedisStores() {}

    /** Generous: what is tested is not how fast a busy machine is. */
    static RedisLink link(RedisProcess server) {
        return RedisLink.open(new RedisOptions(server.url(), Duration.ofSeconds(20), "test-" + UUID.randomUUID()));
    }

    static RedisQuotaStore store(
            RedisLink link, ManualClock clock, Duration reservation, Duration lease, ExpiredReservations expired) {
        return store(link, "one", clock, micros(clock), reservation, lease, expired);
    }

    static RedisQuotaStore store(
            RedisLink link,
            String instance,
            WallClock wallClock,
            LongSupplier micros,
            Duration reservation,
            Duration lease,
            ExpiredReservations expired) {
        return new RedisQuotaStore(
                link, new RedisClocks(wallClock, ZoneOffset.UTC, reservation, lease, micros), instance, expired);
    }

    /** The server's clock, which runs with the test's monotonic one: an instance's wall clock may step as it likes. */
    static LongSupplier micros(ManualClock clock) {
        ManualClock start = new ManualClock();
        return () -> start.epochMillis() * 1000 + (clock.nanos() - start.nanos()) / 1000;
    }
}
