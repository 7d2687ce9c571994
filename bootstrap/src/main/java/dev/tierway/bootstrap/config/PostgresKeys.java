package dev.tierway.bootstrap.config;

import dev.tierway.StorageConfig.Server;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresUrl;
import dev.tierway.adapter.providers.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a store on a PostgreSQL; each section that may have one has its own. */
final class PostgresKeys {
    static final Key<String> URL = Key.optional(
                    "url",
                    Scalars.matching("a PostgreSQL URL", PostgresUrl.PATTERN, PostgresKeys::url),
                    "With `postgresql`: the server, such as `postgresql://host:5432/database?sslmode=verify-full`; user"
                            + " and password are keys of their own.")
            .absentMeans("needed with `postgresql`");

    final Key<String> user = Key.optional("user", Scalars.TEXT, "With `postgresql`: who connects.");
    final Key<Secret> password =
            Key.optional("password", Scalars.SECRET, "With `postgresql`: the password; best written as `${NAME}`.");
    final Key<Long> poolSize = Key.optional(
                    "pool-size",
                    Quantities.count(1, 1000),
                    "With `postgresql`: most connections of this gateway at once.")
            .absentMeans("`" + PostgresOptions.POOL_SIZE + "`");

    private static String url(String text) {
        try {
            PostgresUrl.parse(text);
            return text;
        } catch (IllegalArgumentException wrong) {
            throw new Unfit(String.valueOf(wrong.getMessage()), null);
        }
    }

    /** All but the URL. */
    List<Key<?>> all() {
        return List.of(user, password, poolSize);
    }

    Server server(String url, Values v, @Nullable Duration timeout) {
        return new Server(
                url,
                v.get(user),
                v.get(password),
                (int) (long) v.get(poolSize, (long) PostgresOptions.POOL_SIZE),
                timeout);
    }
}
