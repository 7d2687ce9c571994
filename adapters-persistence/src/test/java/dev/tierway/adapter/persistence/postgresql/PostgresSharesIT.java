package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.lease.SharesTrial;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresSharesIT {
    @Test
    void instances_with_shares_keep_to_the_limit_and_account_for_all_of_it() throws Exception {
        String name = PostgresServer.database();
        ManualClock clock = new ManualClock();
        try (PostgresDatabase database = PostgresServer.open(name)) {
            ClockedQuotaStore.replaceClock(name);
            try (ClockedQuotaStore plain = store(database, clock, name, "plain")) {
                plain.tick();
                SharesTrial.run(
                        List.of(
                                store(database, clock, name, "one"),
                                store(database, clock, name, "two"),
                                store(database, clock, name, "three")),
                        plain);
            }
        }
    }

    private static ClockedQuotaStore store(PostgresDatabase database, ManualClock clock, String name, String instance) {
        return new ClockedQuotaStore(
                new PostgresQuotaStore(
                        database,
                        clock,
                        ZoneOffset.UTC,
                        QuotaTimes.of(Duration.ofMinutes(11)),
                        instance,
                        (memo, estimate) -> {}),
                clock,
                name);
    }
}
