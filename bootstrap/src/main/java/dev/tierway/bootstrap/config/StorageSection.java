package dev.tierway.bootstrap.config;

import dev.tierway.StorageConfig;
import dev.tierway.StorageConfig.Kept;
import dev.tierway.StorageConfig.Ledger;
import dev.tierway.StorageConfig.Quota;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code storage}. */
final class StorageSection {
    private static final String DEFAULT_PATH = "data/tierway.db";

    static final Key<Ledger> LEDGER_STORE = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(Ledger.values()), Ledger::id, "postgresql"),
                    "`memory`: gone when the process ends; `sqlite`: a file.")
            .or("memory");
    static final Key<Path> LEDGER_PATH = Key.optional(
                    "path", file(), "The database file, from the working directory; its folder is made if need be.")
            .absentMeans("`" + DEFAULT_PATH + "` with `sqlite`");

    static final Key<Long> ROWS = Key.optional("rows", Quantities.count(1, 1_000_000_000_000L), "Most rows.")
            .absentMeans("`10000000` with `sqlite`, `10000` with `memory`");
    static final Key<Duration> AGE = Key.optional("age", Quantities.AGE, "Oldest row, by when its attempt ended.")
            .or("400d");

    record Keep(@Nullable Long rows, Duration age) {}

    static final Key<Keep> RETENTION = Key.optional(
            "retention",
            Section.of(
                    "retention",
                    "How much of the account book is kept; the first bound reached counts.",
                    List.of(ROWS, AGE),
                    v -> new Keep(v.get(ROWS), v.value(AGE))),
            "How much is kept.");

    record LedgerStore(Ledger store, @Nullable Path path, Kept kept) {}

    private static final Section<LedgerStore> LEDGER_SECTION = Section.of(
                    "ledger",
                    "The account book: one row per attempt; and the decisions worth keeping.",
                    List.of(LEDGER_STORE, LEDGER_PATH, RETENTION),
                    StorageSection::ledger)
            .later("url");

    static final Key<Quota> QUOTA_STORE = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(Quota.values()), Quota::id, "postgresql"),
                    "`memory`: gone when the process ends; `embedded` needs a `sqlite` ledger: limits per minute and"
                            + " concurrency in memory, budgets and every longer limit in the ledger's file; `redis`:"
                            + " shared by all instances that name the same server, Redis 6.2 or later or Valkey, also a"
                            + " cluster.")
            .absentMeans("`embedded` with a `sqlite` ledger, else `memory`");

    static final Key<Secret> QUOTA_URL = Key.optional(
            "url",
            Scalars.SECRET,
            "With `redis`: the server, `redis://host:6379`, or `rediss://` for TLS; with a user, password and database,"
                    + " `redis://user:${REDIS_PASSWORD}@host:6379/0`.");
    static final Key<Duration> QUOTA_TIMEOUT = Key.optional(
                    "timeout",
                    Quantities.DURATION_ABOVE_ZERO,
                    "With `redis`: how long an answer may take before the store counts as failing.")
            .absentMeans("`250ms`");
    static final Key<String> QUOTA_KEY_PREFIX = Key.optional(
                    "key-prefix",
                    Scalars.matching("letters, digits, '.', '_' and '-'", "^[A-Za-z0-9._-]{1,64}$", text -> text),
                    "With `redis`: instances with the same one share their limits.")
            .absentMeans("`default`");

    record QuotaStore(@Nullable Quota store, @Nullable RedisOptions redis) {}

    private static final Section<QuotaStore> QUOTA_SECTION = Section.of(
            "quota-store",
            "What is used up of every limit.",
            List.of(QUOTA_STORE, QUOTA_URL, QUOTA_TIMEOUT, QUOTA_KEY_PREFIX),
            StorageSection::quota);

    static final Key<LedgerStore> LEDGER = Key.optional("ledger", LEDGER_SECTION, "The account book.");
    static final Key<QuotaStore> QUOTA = Key.optional("quota", QUOTA_SECTION, "The usage of limits.");

    static final Section<StorageConfig> SECTION =
            Section.of("storage", "Where state lives.", List.of(LEDGER, QUOTA), StorageSection::storage);

    private StorageSection() {}

    private static LedgerStore ledger(Values v) {
        Ledger store = v.value(LEDGER_STORE);
        if (store != Ledger.SQLITE && v.has(LEDGER_PATH)) {
            v.error(LEDGER_PATH, "means nothing with store '" + store.id() + "'", "write store: sqlite, or remove it");
        }
        return new LedgerStore(
                store,
                store == Ledger.SQLITE ? v.get(LEDGER_PATH, Path.of(DEFAULT_PATH)) : null,
                kept(store, v.get(RETENTION)));
    }

    private static Kept kept(Ledger store, @Nullable Keep told) {
        Kept untold = Kept.of(store);
        return told == null ? untold : new Kept(told.rows() == null ? untold.rows() : told.rows(), told.age());
    }

    private static QuotaStore quota(Values v) {
        Quota store = v.get(QUOTA_STORE);
        if (store != Quota.REDIS) {
            for (Key<?> key : List.of(QUOTA_URL, QUOTA_TIMEOUT, QUOTA_KEY_PREFIX)) {
                if (v.has(key)) {
                    v.error(key, "means something with store 'redis' only", "write store: redis, or remove it");
                }
            }
            return new QuotaStore(store, null);
        }
        Secret url = v.get(QUOTA_URL);
        if (url == null) {
            if (!v.has(QUOTA_URL)) {
                v.error(QUOTA_STORE, "store 'redis' needs a url", "write url: \"redis://host:6379\"");
            }
            return new QuotaStore(null, null);
        }
        try {
            return new QuotaStore(
                    store,
                    new RedisOptions(
                            url.reveal(),
                            v.get(QUOTA_TIMEOUT, RedisOptions.TIMEOUT),
                            v.get(QUOTA_KEY_PREFIX, RedisOptions.KEY_PREFIX)));
        } catch (IllegalArgumentException unfit) {
            v.error(QUOTA_URL, String.valueOf(unfit.getMessage()), null);
            return new QuotaStore(null, null);
        }
    }

    private static StorageConfig storage(Values v) {
        LedgerStore ledger = v.get(LEDGER, new LedgerStore(Ledger.MEMORY, null, Kept.of(Ledger.MEMORY)));
        QuotaStore usage = v.get(QUOTA, new QuotaStore(null, null));
        Quota quota = usage.store();
        boolean durable = ledger.store() == Ledger.SQLITE;
        if (quota == Quota.EMBEDDED && !durable) {
            v.error(QUOTA, "store 'embedded' needs the ledger's SQLite", "write storage.ledger.store: sqlite");
        }
        return new StorageConfig(
                ledger.store(),
                ledger.path(),
                ledger.kept(),
                quota == null ? (durable ? Quota.EMBEDDED : Quota.MEMORY) : quota,
                usage.redis());
    }

    private static ScalarShape<Path> file() {
        return new ScalarShape<>("a file's path", Scalars.TEXT.accepts(), Scalars.TEXT.schema(), text -> {
            try {
                return Path.of(Scalars.TEXT.parse().apply(text));
            } catch (InvalidPathException e) {
                throw new Unfit("is not a path on this system", null);
            }
        });
    }
}
