package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.providers.Secret;

/** Whether a PostgreSQL answers. Nothing is created. */
final class PostgresCheck {
    private PostgresCheck() {}

    static Finding of(String store, StorageConfig.Server server) {
        Secret password = server.password();
        PostgresOptions options = PostgresOptions.at(
                server.url(), server.user(), password == null ? null : password.reveal(), server.poolSize());
        try {
            return Finding.ok(
                    StoreCheck.AREA,
                    store,
                    options.url() + " answers: PostgreSQL " + PostgresDatabase.version(options));
        } catch (StoreException refused) {
            return Finding.fail(StoreCheck.AREA, store, String.valueOf(refused.getMessage()));
        }
    }
}
