package dev.tierway;

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
 */
public record StorageConfig(
        Ledger ledger,
        @Nullable Path ledgerPath,
        @Nullable Server ledgerServer,
        Kept ledgerKept,
        Quota quota,
        @Nullable Server quotaServer) {
    public static final StorageConfig IN_MEMORY = new StorageConfig(Ledger.MEMORY, null, Quota.MEMORY);

    /** A ledger that keeps as much as it does without being told. */
    public StorageConfig(Ledger ledger, @Nullable Path ledgerPath, Quota quota) {
        this(ledger, ledgerPath, null, Kept.of(ledger), quota, null);
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
            String url, @Nullable String user, @Nullable Secret password, int poolSize) {}

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
        /** Meant to keep long limits in the ledger's SQLite; in this version as {@link #MEMORY}. */
        EMBEDDED,
        /** Shared by all gateways on the server. */
        POSTGRESQL;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
