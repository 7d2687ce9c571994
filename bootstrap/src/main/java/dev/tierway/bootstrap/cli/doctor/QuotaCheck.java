package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Whether the server of shared limits answers, if there is to be one. Nothing is written. */
public final class QuotaCheck {
    private static final String QUOTA = "quota";

    private QuotaCheck() {}

    public static List<Finding> of(StorageConfig storage) {
        RedisOptions redis = storage.redis();
        if (redis != null) {
            return List.of(redis(redis));
        }
        StorageConfig.Server server = storage.quotaServer();
        return server == null ? List.of() : List.of(PostgresCheck.of(QUOTA, server));
    }

    private static Finding redis(RedisOptions options) {
        try (RedisLink link = RedisLink.open(options)) {
            link.ping().toCompletableFuture().join();
            return Finding.ok(StoreCheck.AREA, QUOTA, "Redis at " + options.where() + " answers");
        } catch (CompletionException silent) {
            Throwable cause = silent.getCause();
            return Finding.fail(
                    StoreCheck.AREA, QUOTA, String.valueOf(cause == null ? silent.getMessage() : cause.getMessage()));
        }
    }
}
