package dev.tierway.bootstrap.wiring;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.WallClock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/** Stores on a PostgreSQL. */
final class SharedStore {
    private SharedStore() {}

    static PostgresOptions options(StorageConfig.Server server) {
        Secret password = server.password();
        return PostgresOptions.at(
                server.url(), server.user(), password == null ? null : password.reveal(), server.poolSize());
    }

    /** @throws dev.tierway.adapter.persistence.StoreException if the server can't be used */
    static PostgresQuotaStore quota(
            StorageConfig storage,
            WallClock clock,
            ZoneId zone,
            Duration reservation,
            String instance,
            ExpiredReservations expired) {
        StorageConfig.Server server = Objects.requireNonNull(storage.quotaServer(), "storage.quota has no server");
        PostgresDatabase database = PostgresDatabase.open(options(server));
        PostgresQuotaStore store = new PostgresQuotaStore(
                database, database::close, clock, zone, QuotaTimes.of(reservation), instance, expired);
        store.start();
        return store;
    }
}
