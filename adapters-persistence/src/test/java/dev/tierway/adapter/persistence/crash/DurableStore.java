package dev.tierway.adapter.persistence.crash;

import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.PostgresUrl;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.redis.RedisQuotaStore;
import dev.tierway.adapter.persistence.sqlite.EmbeddedQuotaStore;
import dev.tierway.adapter.persistence.sqlite.SqliteDatabase;
import dev.tierway.adapter.persistence.sqlite.SqliteOptions;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.QuotaStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;

/** Quota stores that outlive a process, by name: a new one is a line here and a place to keep it in {@link QuotaCrashIT}. */
enum DurableStore {
    EMBEDDED(false) {
        @Override
        Opened open(String where, ExpiredReservations expired) {
            SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(Path.of(where)));
            QuotaStore store = EmbeddedQuotaStore.open(
                    database, System::nanoTime, System::currentTimeMillis, ZoneOffset.UTC, RESERVATION, expired);
            return new Opened(store, database);
        }
    },

    REDIS(true) {
        @Override
        Opened open(String where, ExpiredReservations expired) {
            RedisLink link = RedisLink.open(new RedisOptions(where, PATIENCE, "crash"));
            QuotaStore store =
                    RedisQuotaStore.open(link, System::currentTimeMillis, ZoneOffset.UTC, RESERVATION, expired);
            return new Opened(store, link);
        }
    },

    POSTGRESQL(true) {
        @Override
        Opened open(String where, ExpiredReservations expired) {
            PostgresDatabase database = PostgresDatabase.open(new PostgresOptions(
                    PostgresUrl.parse(where), "postgres", null, Plan.WORKERS, PATIENCE, PATIENCE, PATIENCE));
            PostgresQuotaStore store = new PostgresQuotaStore(
                    database,
                    System::currentTimeMillis,
                    ZoneOffset.UTC,
                    QuotaTimes.of(RESERVATION),
                    UUID.randomUUID().toString(),
                    expired);
            store.start();
            return new Opened(store, database);
        }
    };

    private static final Duration RESERVATION = Duration.ofMinutes(10);
    /** What is tested is not how fast a busy machine is. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final boolean elsewhere;

    DurableStore(boolean elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** Whether a server keeps it: what was on its way there when its client died may still be done a moment later. */
    boolean isElsewhere() {
        return elsewhere;
    }

    /** @param where a file or an address */
    abstract Opened open(String where, ExpiredReservations expired);

    /** A store, and what has to be closed after it. */
    record Opened(QuotaStore store, AutoCloseable base) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            store.close();
            base.close();
        }
    }
}
