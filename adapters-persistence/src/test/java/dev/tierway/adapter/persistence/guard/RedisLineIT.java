package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.redis.RedisProcess;
import dev.tierway.adapter.persistence.redis.RedisQuotaStore;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisLineIT implements TroubledLineContract {
    private static RedisProcess redis;

    private final String prefix = "line-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    public int server() {
        return redis.port();
    }

    @Override
    public Shared open(int port) {
        RedisLink link = RedisLink.open(new RedisOptions("redis://127.0.0.1:" + port, OPTIONS.timeout(), prefix));
        return new Shared(
                RedisQuotaStore.open(
                        link, System::currentTimeMillis, ZoneOffset.UTC, Guarded.RESERVATION, (memo, estimate) -> {}),
                link);
    }
}
