package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.postgresql.PostgresDatabase;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresQuotaStore;
import dev.tierway.adapter.persistence.postgresql.PostgresServer;
import dev.tierway.adapter.persistence.postgresql.PostgresUrl;
import dev.tierway.adapter.persistence.postgresql.QuotaTimes;
import java.time.Duration;
import java.time.ZoneOffset;

class PostgresLineIT implements TroubledLineContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String database = PostgresServer.database();

    @Override
    public int server() {
        return PostgresServer.port();
    }

    @Override
    public Shared open(int port) {
        PostgresDatabase opened = PostgresDatabase.open(new PostgresOptions(
                PostgresUrl.parse("postgresql://localhost:" + port + "/" + database),
                "postgres",
                null,
                8,
                PATIENCE,
                PATIENCE,
                PATIENCE));
        PostgresQuotaStore store = new PostgresQuotaStore(
                opened,
                System::currentTimeMillis,
                ZoneOffset.UTC,
                QuotaTimes.of(Guarded.RESERVATION),
                "port" + port,
                (memo, estimate) -> {});
        store.start();
        return new Shared(store, opened);
    }
}
