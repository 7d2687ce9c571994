package dev.tierway.bootstrap.config;

import dev.tierway.PluginConfig;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.plugin.builtin.ResponseCaching;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code plugins[].config} of {@code response-cache}. */
final class CacheSection {
    static final Key<Boolean> SHARED = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(false, true), shared -> shared ? "redis" : "memory"),
                    "`memory`: in this process; `redis`: shared by all instances that name the same server.")
            .or("memory");
    static final Key<Secret> URL = Key.optional(
            "url", Scalars.SECRET, "With `redis`: the server, `redis://host:6379`, or `rediss://` for TLS.");
    static final Key<String> KEY_PREFIX = Key.optional(
                    "key-prefix",
                    Scalars.matching("letters, digits, '.', '_' and '-'", "^[A-Za-z0-9._-]{1,64}$", text -> text),
                    "With `redis`: instances with the same one share their answers.")
            .absentMeans("`default`");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout",
                    Quantities.DURATION_ABOVE_ZERO,
                    "With `redis`: how long a look-up may take before the call goes on without.")
            .absentMeans("`250ms`");
    static final Key<Duration> TTL = Key.optional("ttl", Quantities.DURATION_ABOVE_ZERO, "How long an answer is kept.")
            .or("1h");
    static final Key<Integer> MAX_SIZE = Key.optional(
                    "max-size",
                    Quantities.SIZE,
                    "With `memory`: of all answers together; those asked for least go first. With `redis` the server's"
                            + " `maxmemory` decides.")
            .or("64MiB");
    static final Key<Integer> MAX_ANSWER = Key.optional(
                    "max-answer", Quantities.SIZE, "Of one answer: a larger one isn't kept.")
            .or("1MiB");
    static final Key<Boolean> ANY_TEMPERATURE = Key.optional(
                    "any-temperature",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: also answers that were drawn by chance. Else only of chats that say `temperature: 0`, and"
                            + " embeddings.")
            .or("false");
    static final Key<Boolean> TOOLS = Key.optional(
                    "tools", Scalars.TRUE_OR_FALSE, "`true`: also answers to requests that offer tools.")
            .or("false");

    static final Section<PluginConfig.ResponseCache> SECTION = Section.of(
            "response-cache-config",
            "What is kept, and where.",
            List.of(SHARED, URL, KEY_PREFIX, TIMEOUT, TTL, MAX_SIZE, MAX_ANSWER, ANY_TEMPERATURE, TOOLS),
            v -> new PluginConfig.ResponseCache(
                    redis(v),
                    v.value(MAX_SIZE),
                    new ResponseCaching.Rules(
                            v.value(TTL), v.value(MAX_ANSWER), v.value(ANY_TEMPERATURE), v.value(TOOLS))));

    private CacheSection() {}

    private static @Nullable RedisOptions redis(Values v) {
        Secret url = v.get(URL);
        if (!v.value(SHARED)) {
            for (Key<?> key : List.of(URL, KEY_PREFIX, TIMEOUT)) {
                if (v.has(key)) {
                    v.error(key, "means something with store 'redis' only", "remove it, or write store: redis");
                }
            }
            return null;
        }
        if (url == null) {
            if (!v.has(URL)) {
                v.error(SHARED, "store 'redis' needs a url", "write url: \"redis://host:6379\"");
            }
            return null;
        }
        try {
            return new RedisOptions(
                    url.reveal(), v.get(TIMEOUT, RedisOptions.TIMEOUT), v.get(KEY_PREFIX, RedisOptions.KEY_PREFIX));
        } catch (IllegalArgumentException unfit) {
            v.error(URL, String.valueOf(unfit.getMessage()), null);
            return null;
        }
    }
}
