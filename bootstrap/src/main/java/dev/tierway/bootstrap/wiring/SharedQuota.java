package dev.tierway.bootstrap.wiring;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.guard.LateQuotaStore;
import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.FleetHints;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/** The quota store on a PostgreSQL: on the connections of the account book if that is the same server. */
final class SharedQuota {
    private SharedQuota() {}

    /** A server that isn't there yet is waited for in the background: limits have a guard for that. */
    static SharedLimits open(
            StorageConfig storage,
            History history,
            WallClock clock,
            ZoneId zone,
            Duration reservation,
            String instance,
            ExpiredReservations expired) {
        StorageConfig.Server server = Objects.requireNonNull(storage.quotaServer(), "storage.quota has no server");
        return new SharedLimits(
                new LateQuotaStore(
                        () -> opened(server, storage, history, clock, zone, reservation, instance, expired),
                        Thread::startVirtualThread),
                SharedHistory.options(server).answer(),
                FleetHints.NONE,
                () -> {});
    }

    /** @throws dev.tierway.adapter.persistence.StoreException if the server can't be used */
    private static PostgresQuotaStore opened(
            StorageConfig.Server server,
            StorageConfig storage,
            History history,
            WallClock clock,
            ZoneId zone,
            Duration reservation,
            String instance,
            ExpiredReservations expired) {
        SharedHistory shared = history.shared();
        PostgresDatabase theirs = shared == null || !server.equals(storage.ledgerServer()) ? null : shared.database();
        PostgresDatabase database = theirs == null ? SharedHistory.database(server) : theirs;
        PostgresQuotaStore store = new PostgresQuotaStore(
                database,
                theirs == null ? database::close : () -> {},
                clock,
                zone,
                QuotaTimes.of(reservation),
                instance,
                expired);
        store.start();
        return store;
    }
}
