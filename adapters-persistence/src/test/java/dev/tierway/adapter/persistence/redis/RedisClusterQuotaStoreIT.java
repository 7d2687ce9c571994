package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** All of the contract on a cluster: every script must stay in one slot, whichever node we were told of. */
class RedisClusterQuotaStoreIT implements QuotaStoreContract {
    private static final AtomicInteger LINKS = new AtomicInteger();

    private static RedisCluster cluster;

    private final ManualClock clock = new ManualClock();
    private final RedisLink link = RedisStores.link(cluster.nodes().get(LINKS.getAndIncrement() % 3));
    private final RedisQuotaStore store =
            RedisStores.store(link, clock, RESERVATION, RESERVATION, (memo, estimate) -> {});

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterEach
    void close() {
        store.close();
        link.close();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    public RedisQuotaStore store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public Duration tick() {
        return Duration.ofNanos(1000);
    }
}
