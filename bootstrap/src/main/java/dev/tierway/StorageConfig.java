package dev.tierway;

import dev.tierway.adapter.persistence.lease.ShareOptions;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where state lives.
 *
 * @param ledgerPath the database file of {@link Ledger#SQLITE}; null with other stores
 * @param ledgerServer the server of {@link Ledger#POSTGRESQL}; null with other stores
 * @param ledgerKept how much of the account book is kept
 * @param quotaServer the server of {@link Quota#POSTGRESQL}, often the ledger's; null with other stores
 * @param redis the server of {@link Quota#REDIS}; null with other stores
 * @param shares what instances lease of limits in a store they share; null: nothing, every call asks the store
 */
public record StorageConfig(
        Ledger ledger,
        @Nullable Path ledgerPath,
        @Nullable Server ledgerServer,
        Kept ledgerKept,
        Quota quota,
        @Nullable Server quotaServer,
        @Nullable RedisOptions redis,
        @Nullable ShareOptions shares) {
    public static final StorageConfig IN_MEMORY = new StorageConfig(Ledger.MEMORY, null, Quota.MEMORY);

    public StorageConfig {
        if ((redis != null) != (quota == Quota.REDIS)) {
            throw new IllegalArgumentException("store redis, and no other, needs to know its server");
        }
        if ((quotaServer != null) != (quota == Quota.POSTGRESQL)
                || (ledgerServer != null) != (ledger == Ledger.POSTGRESQL)) {
            throw new IllegalArgumentException("store postgresql, and no other, needs to know its server");
        }
        if (shares != null && !quota.isShared()) {
            throw new IllegalArgumentException("only a store that instances share has shares");
        }
    }

    /** A ledger that keeps as much as it does without being told; limits without a server. */
    public StorageConfig(Ledger ledger, @Nullable Path ledgerPath, Quota quota) {
        this(ledger, ledgerPath, null, Kept.of(ledger), quota, null, null, null);
    }

    /**
     * A PostgreSQL.
     *
     * @param url as {@link dev.tierway.adapter.persistence.postgresql.PostgresUrl} takes it
     * @param user null: the one the process runs as
     * @param password null: none
     * @param poolSize most connections at once
     * @param timeout how long an answer may take altogether; null: as the adapter has it
     */
    public record Server(
            String url,
            @Nullable String user,
            @Nullable Secret password,
            int poolSize,
            @Nullable Duration timeout) {}

    /**
     * How much of the account book is kept; the first bound reached counts.
     *
     * @param rows most rows
     * @param age oldest row, by when its attempt ended
     */
    public record Kept(long rows, Duration age) {
        public static final Duration DEFAULT_AGE = Duration.ofDays(400);

        /** What a store keeps unless it is told. */
        public static Kept of(Ledger ledger) {
            return new Kept(ledger == Ledger.MEMORY ? 10_000 : 10_000_000, DEFAULT_AGE);
        }
    }

    /** Who keeps the account book and the decisions. */
    public enum Ledger {
        /** Gone when the process ends. */
        MEMORY,
        SQLITE,
        /** Shared by all gateways on the server. */
        POSTGRESQL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who keeps the usage of limits. */
    public enum Quota {
        /** Gone when the process ends. */
        MEMORY,
        /** Limits up to a minute and concurrency in memory, every other limit in the ledger's SQLite. */
        EMBEDDED,
        /** Shared by all gateways on the server. */
        POSTGRESQL,
        /** Shared by all instances that name the same server. */
        REDIS;

        /** Whether several instances may use it at once. */
        public boolean isShared() {
            return this == POSTGRESQL || this == REDIS;
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
