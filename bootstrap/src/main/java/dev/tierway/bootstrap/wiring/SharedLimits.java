package dev.tierway.bootstrap.wiring;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.guard.RemoteQuotaStore;
import dev.tierway.adapter.persistence.redis.RedisFleetHints;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.redis.RedisQuotaStore;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.FleetHints;
import dev.tierway.application.port.out.LostUsage;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What several instances share: their limits, and what they tell each other of the fleet.
 *
 * @param timeout how long the store takes at most to say that it has no answer
 * @param link closed last
 */
public record SharedLimits(RemoteQuotaStore quota, Duration timeout, FleetHints hints, Runnable link) {
    /** @throws StoreException if the client's classes are missing */
    static SharedLimits open(
            RedisOptions options,
            WallClock wallClock,
            ZoneId zone,
            Duration reservation,
            ExpiredReservations expired,
            LostUsage lost) {
        try {
            RedisLink link = RedisLink.open(options);
            RedisQuotaStore quota = RedisQuotaStore.open(link, wallClock, zone, reservation, expired, lost);
            return new SharedLimits(quota, options.timeout(), new RedisFleetHints(link), link::close);
        } catch (NoClassDefFoundError missing) {
            throw new StoreException(
                    "storage.quota.store redis needs io.lettuce:lettuce-core on the class path", missing);
        }
    }

    /** After the quota store, which has its own end. */
    public void close() {
        hints.close();
        link.run();
    }
}
