package dev.tierway;

import dev.tierway.adapter.providers.Secret;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where state lives.
 *
 * @param ledgerPath the database file of {@link Ledger#SQLITE}; null with other stores
 * @param quotaServer the server of {@link Quota#POSTGRESQL}; null with other stores
 */
public record StorageConfig(
        Ledger ledger, @Nullable Path ledgerPath, Quota quota, @Nullable Server quotaServer) {
    public static final StorageConfig IN_MEMORY = new StorageConfig(Ledger.MEMORY, null, Quota.MEMORY);

    /** Without a server. */
    public StorageConfig(Ledger ledger, @Nullable Path ledgerPath, Quota quota) {
        this(ledger, ledgerPath, quota, null);
    }

    /**
     * A PostgreSQL.
     *
     * @param url as {@link dev.tierway.adapter.persistence.postgresql.PostgresUrl} takes it
     * @param user null: the one the process runs as
     * @param password null: none
     * @param poolSize most connections at once
     */
    public record Server(
            String url,
            @Nullable String user,
            @Nullable Secret password,
            int poolSize) {}

    /** Who keeps the account book and the decisions. */
    public enum Ledger {
        /** Gone when the process ends. */
        MEMORY,
        SQLITE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who keeps the usage of limits. */
    public enum Quota {
        /** Gone when the process ends. */
        MEMORY,
        /** Meant to keep long limits in the ledger's SQLite; in this version as {@link #MEMORY}. */
        EMBEDDED,
        /** Shared by all gateways on the server. */
        POSTGRESQL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
