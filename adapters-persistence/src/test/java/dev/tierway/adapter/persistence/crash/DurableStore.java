package dev.tierway.adapter.persistence.crash;

import dev.tierway.adapter.persistence.sqlite.EmbeddedQuotaStore;
import dev.tierway.adapter.persistence.sqlite.SqliteDatabase;
import dev.tierway.adapter.persistence.sqlite.SqliteOptions;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.QuotaStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;

/** Quota stores that outlive a process, by name: a new one is a line here and a place to keep it in {@link QuotaCrashIT}. */
enum DurableStore {
    EMBEDDED {
        @Override
        Opened open(String where, ExpiredReservations expired) {
            SqliteDatabase database = SqliteDatabase.open(SqliteOptions.at(Path.of(where)));
            QuotaStore store = EmbeddedQuotaStore.open(
                    database, System::nanoTime, System::currentTimeMillis, ZoneOffset.UTC, RESERVATION, expired);
            return new Opened(store, database);
        }
    };

    private static final Duration RESERVATION = Duration.ofMinutes(10);

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
