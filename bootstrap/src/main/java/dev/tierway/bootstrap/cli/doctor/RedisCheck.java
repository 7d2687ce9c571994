package dev.tierway.bootstrap.cli.doctor;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.redis.RedisLink;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Whether the server of shared limits answers, if there is to be one. */
public final class RedisCheck {
    private static final String AREA = "stores";
    private static final String QUOTA = "quota";

    private RedisCheck() {}

    /** Nothing is written. */
    public static List<Finding> of(StorageConfig storage) {
        RedisOptions options = storage.redis();
        if (options == null) {
            return List.of();
        }
        try (RedisLink link = RedisLink.open(options)) {
            link.ping().toCompletableFuture().join();
            return List.of(Finding.ok(AREA, QUOTA, "Redis at " + options.where() + " answers"));
        } catch (CompletionException silent) {
            Throwable cause = silent.getCause();
            return List.of(Finding.fail(
                    AREA, QUOTA, String.valueOf(cause == null ? silent.getMessage() : cause.getMessage())));
        }
    }
}
