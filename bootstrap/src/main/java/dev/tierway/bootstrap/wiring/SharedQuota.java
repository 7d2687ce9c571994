package dev.tierway.bootstrap.wiring;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/** The quota store on a PostgreSQL: on the connections of the account book if that is the same server. */
final class SharedQuota {
    private SharedQuota() {}

    /** @throws dev.tierway.adapter.persistence.StoreException if the server can't be used */
    static PostgresQuotaStore open(
            StorageConfig storage,
            History history,
            WallClock clock,
            ZoneId zone,
            Duration reservation,
            String instance,
            ExpiredReservations expired) {
        StorageConfig.Server server = Objects.requireNonNull(storage.quotaServer(), "storage.quota has no server");
        SharedHistory shared = history.shared();
        boolean own = shared == null || !server.equals(storage.ledgerServer());
        PostgresDatabase database = own ? SharedHistory.database(server) : shared.database();
        PostgresQuotaStore store = new PostgresQuotaStore(
                database, own ? database::close : () -> {}, clock, zone, QuotaTimes.of(reservation), instance, expired);
        store.start();
        return store;
    }
}
