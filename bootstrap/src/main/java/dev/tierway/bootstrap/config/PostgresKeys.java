package dev.tierway.bootstrap.config;

import dev.tierway.StorageConfig.Server;
import dev.tierway.adapter.persistence.postgresql.PostgresOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresUrl;
import dev.tierway.adapter.providers.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a store on a PostgreSQL; each section that may have one has its own. */
final class PostgresKeys {
    private static final ScalarShape<String> URL_TEXT =
            Scalars.matching("a PostgreSQL URL", PostgresUrl.PATTERN, PostgresKeys::url);

    final Key<String> url;
    final Key<String> user = Key.optional("user", Scalars.TEXT, "Who connects.");
    final Key<Secret> password = Key.optional("password", Scalars.SECRET, "Its password; best written as `${NAME}`.");
    final Key<Long> poolSize = Key.optional(
                    "pool-size",
                    Quantities.count(1, 1000),
                    "Most connections of this gateway at once; PostgreSQL only.")
            .absentMeans("`" + PostgresOptions.POOL_SIZE + "`");

    /** @param absent what it means if there is no URL, for the reference */
    PostgresKeys(String absent) {
        url = Key.optional(
                        "url",
                        URL_TEXT,
                        "The server, such as `postgresql://host:5432/database?sslmode=verify-full`; user and password"
                                + " are keys of their own.")
                .absentMeans(absent);
    }

    private static String url(String text) {
        try {
            PostgresUrl.parse(text);
            return text;
        } catch (IllegalArgumentException wrong) {
            throw new Unfit(String.valueOf(wrong.getMessage()), null);
        }
    }

    List<Key<?>> all() {
        return List.of(url, user, password, poolSize);
    }

    /** Null without a URL. */
    @Nullable
    Server read(Values v) {
        String where = v.get(url);
        return where == null
                ? null
                : new Server(where, v.get(user), v.get(password), (int)
                        (long) v.get(poolSize, (long) PostgresOptions.POOL_SIZE));
    }

    /** Reports those that are there although they mean nothing. */
    void refuse(Values v, String why, String suggestion) {
        for (Key<?> key : all()) {
            if (v.has(key)) {
                v.error(key, why, suggestion);
            }
        }
    }

    /** Reports that the URL is missing. */
    void require(Values v) {
        if (!v.has(url)) {
            v.error(url, "store 'postgresql' needs a url", "add url: postgresql://host:5432/database");
        }
    }

    /** Reports those that are there although there is no URL they could belong to. */
    void refuseWithoutUrl(Values v) {
        for (Key<?> key : List.of(user, password, poolSize)) {
            if (v.has(key) && !v.has(url)) {
                v.error(key, "means nothing without a url of its own", "add url, or remove it");
            }
        }
    }
}
