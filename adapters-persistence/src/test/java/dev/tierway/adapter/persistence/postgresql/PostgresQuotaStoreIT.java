package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresQuotaStoreIT implements QuotaStoreContract {
    private static final QuotaTimes TIMES = new QuotaTimes(
            RESERVATION, RESERVATION.multipliedBy(9), Duration.ofDays(1), Duration.ofDays(1), Duration.ofHours(1));

    private static String name;
    private static PostgresDatabase database;

    private ManualClock clock;
    private ClockedQuotaStore store;

    @BeforeAll
    static void open() {
        name = PostgresServer.database();
        database = PostgresServer.open(name);
        ClockedQuotaStore.replaceClock(name);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        PostgresServer.execute(name, "TRUNCATE quota_usage, quota_reservation, quota_call, gateway_instance");
        clock = new ManualClock();
        store = new ClockedQuotaStore(
                new PostgresQuotaStore(database, clock, ZoneOffset.UTC, TIMES, "test", (memo, estimate) -> {}),
                clock,
                name);
    }

    @AfterEach
    void leave() {
        store.close();
    }

    @Override
    public ClockedQuotaStore store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }
}
