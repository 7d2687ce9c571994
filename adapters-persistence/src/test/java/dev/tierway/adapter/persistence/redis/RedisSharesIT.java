package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.lease.SharesTrial;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisSharesIT {
    private static final Duration LIFE = Duration.ofMinutes(11);

    @Test
    void instances_with_shares_keep_to_the_limit_and_account_for_all_of_it() throws Exception {
        ManualClock clock = new ManualClock();
        try (RedisProcess server = RedisProcess.start();
                RedisLink link = RedisStores.link(server);
                RedisQuotaStore plain = store(link, clock, "plain")) {
            SharesTrial.run(
                    List.of(store(link, clock, "one"), store(link, clock, "two"), store(link, clock, "three")), plain);
        }
    }

    private static RedisQuotaStore store(RedisLink link, ManualClock clock, String instance) {
        return RedisStores.store(link, instance, clock, RedisStores.micros(clock), LIFE, LIFE, (memo, estimate) -> {});
    }
}
