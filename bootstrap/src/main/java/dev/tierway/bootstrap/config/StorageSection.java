package dev.tierway.bootstrap.config;

import dev.tierway.StorageConfig;
import dev.tierway.StorageConfig.Kept;
import dev.tierway.StorageConfig.Ledger;
import dev.tierway.StorageConfig.Quota;
import dev.tierway.StorageConfig.Server;
import dev.tierway.adapter.persistence.lease.ShareOptions;
import dev.tierway.adapter.persistence.postgresql.PostgresUrl;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.providers.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code storage}. */
final class StorageSection {
    private static final String DEFAULT_PATH = "data/tierway.db";

    static final Key<Ledger> LEDGER_STORE = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(Ledger.values()), Ledger::id),
                    "`memory`: gone when the process ends; `sqlite`: a file; `postgresql`: a server that several"
                            + " gateways share.")
            .or("memory");
    static final Key<Path> LEDGER_PATH = Key.optional(
                    "path", file(), "The database file, from the working directory; its folder is made if need be.")
            .absentMeans("`" + DEFAULT_PATH + "` with `sqlite`");

    static final Key<String> LEDGER_URL = PostgresKeys.URL;
    static final PostgresKeys LEDGER_SERVER = new PostgresKeys();

    static final Key<Long> ROWS = Key.optional("rows", Quantities.count(1, 1_000_000_000_000L), "Most rows.")
            .absentMeans("`10000` with `memory`, else `10000000`");
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

    record LedgerStore(
            Ledger store, @Nullable Path path, @Nullable Server server, Kept kept) {}

    private static final Section<LedgerStore> LEDGER_SECTION = Section.of(
            "ledger",
            "The account book: one row per attempt; and the decisions worth keeping.",
            List.of(
                    LEDGER_STORE,
                    LEDGER_PATH,
                    LEDGER_URL,
                    LEDGER_SERVER.user,
                    LEDGER_SERVER.password,
                    LEDGER_SERVER.poolSize,
                    RETENTION),
            StorageSection::ledger);

    static final Key<Quota> QUOTA_STORE = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(Quota.values()), Quota::id),
                    "`memory`: gone when the process ends; `embedded` needs a `sqlite` ledger: limits per minute and"
                            + " concurrency in memory, budgets and every longer limit in the ledger's file; `redis`:"
                            + " shared by all instances that name the same server, Redis 6.2 or later or Valkey, also a"
                            + " cluster; `postgresql`: shared by all gateways on the server.")
            .absentMeans("`embedded` with a `sqlite` ledger, else the ledger's own");

    static final Key<Secret> QUOTA_URL = Key.optional(
            "url",
            Scalars.SECRET,
            "With `redis`: the server, `redis://host:6379`, or `rediss://` for TLS; with a user, password and database,"
                    + " `redis://user:${REDIS_PASSWORD}@host:6379/0`. With `postgresql`:"
                    + " `postgresql://host:5432/database`; the ledger's if absent.");
    static final PostgresKeys QUOTA_SERVER = new PostgresKeys();
    static final Key<Duration> QUOTA_TIMEOUT = Key.optional(
                    "timeout",
                    Quantities.DURATION_ABOVE_ZERO,
                    "With `redis`, and with `postgresql` at a `url` of its own: how long an answer may take before the"
                            + " store counts as failing.")
            .absentMeans("`250ms` with `redis`, `3s` with `postgresql`");
    static final Key<String> QUOTA_KEY_PREFIX = Key.optional(
                    "key-prefix",
                    Scalars.matching("letters, digits, '.', '_' and '-'", "^[A-Za-z0-9._-]{1,64}$", text -> text),
                    "With `redis`: instances with the same one share their limits.")
            .absentMeans("`default`");

    static final Key<ShareOptions> SHARES = Key.optional(
            "shares",
            SharesSection.SECTION,
            "With `redis` and `postgresql`: admit calls without asking the store each time.");

    /** @param apart whether it has an url of its own */
    record QuotaStore(
            @Nullable Quota store,
            @Nullable RedisOptions redis,
            @Nullable Server server,
            boolean apart,
            @Nullable ShareOptions shares) {
        static final QuotaStore UNTOLD = new QuotaStore(null, null, null, false);

        QuotaStore(@Nullable Quota store, @Nullable RedisOptions redis, @Nullable Server server, boolean apart) {
            this(store, redis, server, apart, null);
        }

        QuotaStore with(@Nullable ShareOptions shares) {
            return new QuotaStore(store, redis, server, apart, shares);
        }
    }

    private static final Section<QuotaStore> QUOTA_SECTION = Section.of(
            "quota-store",
            "What is used up of every limit.",
            List.of(
                    QUOTA_STORE,
                    QUOTA_URL,
                    QUOTA_SERVER.user,
                    QUOTA_SERVER.password,
                    QUOTA_SERVER.poolSize,
                    QUOTA_TIMEOUT,
                    QUOTA_KEY_PREFIX,
                    SHARES),
            v -> quota(v).with(v.get(SHARES)));

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
        String url = v.get(LEDGER_URL);
        if (store != Ledger.POSTGRESQL) {
            refuse(v, "postgresql", List.of(LEDGER_URL));
            refuse(v, "postgresql", LEDGER_SERVER.all());
        } else if (!v.has(LEDGER_URL)) {
            v.error(LEDGER_STORE, "store 'postgresql' needs a url", "write url: \"postgresql://host:5432/database\"");
        }
        Server server = store == Ledger.POSTGRESQL && url != null ? LEDGER_SERVER.server(url, v, null) : null;
        return new LedgerStore(
                // What has no server is refused already; until then it must not be asked for one.
                store == Ledger.POSTGRESQL && server == null ? Ledger.MEMORY : store,
                store == Ledger.SQLITE ? v.get(LEDGER_PATH, Path.of(DEFAULT_PATH)) : null,
                server,
                kept(store, v.get(RETENTION)));
    }

    private static void refuse(Values v, String store, List<Key<?>> keys) {
        for (Key<?> key : keys) {
            if (v.has(key)) {
                v.error(
                        key,
                        "means something with store '" + store + "' only",
                        "write store: " + store + ", or remove it");
            }
        }
    }

    private static Kept kept(Ledger store, @Nullable Keep told) {
        Kept untold = Kept.of(store);
        return told == null ? untold : new Kept(told.rows() == null ? untold.rows() : told.rows(), told.age());
    }

    private static QuotaStore quota(Values v) {
        Quota store = v.get(QUOTA_STORE);
        if (store == null) {
            refuse(v, "redis", List.of(QUOTA_URL, QUOTA_TIMEOUT, QUOTA_KEY_PREFIX));
            refuse(v, "postgresql", QUOTA_SERVER.all());
            return QuotaStore.UNTOLD;
        }
        return switch (store) {
            case MEMORY, EMBEDDED -> {
                refuse(v, "redis", List.of(QUOTA_URL, QUOTA_TIMEOUT, QUOTA_KEY_PREFIX));
                refuse(v, "postgresql", QUOTA_SERVER.all());
                yield new QuotaStore(store, null, null, false);
            }
            case POSTGRESQL -> onPostgres(v);
            case REDIS -> onRedis(v);
        };
    }

    private static QuotaStore onPostgres(Values v) {
        if (v.has(QUOTA_KEY_PREFIX)) {
            v.error(QUOTA_KEY_PREFIX, "means something with store 'redis' only", "remove it");
        }
        Secret url = v.get(QUOTA_URL);
        if (url == null) {
            for (Key<?> key : Stream.concat(Stream.of(QUOTA_TIMEOUT), QUOTA_SERVER.all().stream())
                    .toList()) {
                if (v.has(key)) {
                    v.error(key, "means nothing without a url of its own", "add url, or remove it");
                }
            }
            return new QuotaStore(Quota.POSTGRESQL, null, null, v.has(QUOTA_URL));
        }
        try {
            PostgresUrl.parse(url.reveal());
            return new QuotaStore(
                    Quota.POSTGRESQL, null, QUOTA_SERVER.server(url.reveal(), v, v.get(QUOTA_TIMEOUT)), true);
        } catch (IllegalArgumentException unfit) {
            v.error(QUOTA_URL, String.valueOf(unfit.getMessage()), null);
            return QuotaStore.UNTOLD;
        }
    }

    private static QuotaStore onRedis(Values v) {
        for (Key<?> key : QUOTA_SERVER.all()) {
            if (v.has(key)) {
                v.error(key, "means something with store 'postgresql' only", "write it in the url, or remove it");
            }
        }
        Secret url = v.get(QUOTA_URL);
        if (url == null) {
            if (!v.has(QUOTA_URL)) {
                v.error(QUOTA_STORE, "store 'redis' needs a url", "write url: \"redis://host:6379\"");
            }
            return QuotaStore.UNTOLD;
        }
        try {
            RedisOptions redis = new RedisOptions(
                    url.reveal(),
                    v.get(QUOTA_TIMEOUT, RedisOptions.TIMEOUT),
                    v.get(QUOTA_KEY_PREFIX, RedisOptions.KEY_PREFIX));
            return new QuotaStore(Quota.REDIS, redis, null, true);
        } catch (IllegalArgumentException unfit) {
            v.error(QUOTA_URL, String.valueOf(unfit.getMessage()), null);
            return QuotaStore.UNTOLD;
        }
    }

    private static StorageConfig storage(Values v) {
        LedgerStore ledger = v.get(LEDGER, new LedgerStore(Ledger.MEMORY, null, null, Kept.of(Ledger.MEMORY)));
        QuotaStore told = v.get(QUOTA, QuotaStore.UNTOLD);
        Quota quota = told.store() == null ? unless(ledger.store()) : told.store();
        Server server = told.apart() ? told.server() : ledger.server();
        if (quota == Quota.EMBEDDED && ledger.store() != Ledger.SQLITE) {
            v.error(QUOTA, "store 'embedded' needs the ledger's SQLite", "write storage.ledger.store: sqlite");
        }
        if (quota == Quota.POSTGRESQL && server == null) {
            v.error(
                    QUOTA,
                    "store 'postgresql' needs a url, since the ledger has none",
                    "write url: \"postgresql://host:5432/database\"");
            quota = Quota.MEMORY;
        }
        if (told.shares() != null && !quota.isShared()) {
            v.error(
                    QUOTA,
                    "shares mean nothing with store '" + quota.id() + "': no other instance uses it",
                    "remove shares, or write store: redis or postgresql");
        }
        return new StorageConfig(
                ledger.store(),
                ledger.path(),
                ledger.server(),
                ledger.kept(),
                quota,
                quota == Quota.POSTGRESQL ? server : null,
                told.redis(),
                quota.isShared() ? told.shares() : null);
    }

    /** What keeps the usage of limits if nobody says. */
    private static Quota unless(Ledger ledger) {
        return switch (ledger) {
            case MEMORY -> Quota.MEMORY;
            case SQLITE -> Quota.EMBEDDED;
            case POSTGRESQL -> Quota.POSTGRESQL;
        };
    }

    static ScalarShape<Path> file() {
        return new ScalarShape<>("a file's path", Scalars.TEXT.accepts(), Scalars.TEXT.schema(), text -> {
            try {
                return Path.of(Scalars.TEXT.parse().apply(text));
            } catch (InvalidPathException e) {
                throw new Unfit("is not a path on this system", null);
            }
        });
    }
}
