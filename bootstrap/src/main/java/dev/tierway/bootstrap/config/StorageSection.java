package dev.tierway.bootstrap.config;

import dev.tierway.StorageConfig;
import dev.tierway.StorageConfig.Kept;
import dev.tierway.StorageConfig.Ledger;
import dev.tierway.StorageConfig.Quota;
import dev.tierway.StorageConfig.Server;
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
                    Scalars.choice("store", List.of(Ledger.values()), Ledger::id),
                    "`memory`: gone when the process ends; `sqlite`: a file; `postgresql`: a server that several"
                            + " gateways share.")
            .or("memory");
    static final Key<Path> LEDGER_PATH = Key.optional(
                    "path", file(), "The database file, from the working directory; its folder is made if need be.")
            .absentMeans("`" + DEFAULT_PATH + "` with `sqlite`");

    static final PostgresKeys LEDGER_SERVER = new PostgresKeys("needed with `postgresql`");

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
                    LEDGER_SERVER.url,
                    LEDGER_SERVER.user,
                    LEDGER_SERVER.password,
                    LEDGER_SERVER.poolSize,
                    RETENTION),
            StorageSection::ledger);

    static final Key<Quota> QUOTA_STORE = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(Quota.values()), Quota::id, "redis"),
                    "`memory`: gone when the process ends; `embedded` needs a `sqlite` ledger, and in this version"
                            + " keeps usage in memory as well.")
            .absentMeans("`embedded` with a `sqlite` ledger, else the ledger's own");

    static final PostgresKeys QUOTA_SERVER = new PostgresKeys("the ledger's with `postgresql`");

    record QuotaStore(@Nullable Quota store, @Nullable Server server, boolean apart) {}

    private static final Section<QuotaStore> QUOTA_SECTION = Section.of(
            "quota-store",
            "What is used up of every limit.",
            List.of(QUOTA_STORE, QUOTA_SERVER.url, QUOTA_SERVER.user, QUOTA_SERVER.password, QUOTA_SERVER.poolSize),
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
        Server server = LEDGER_SERVER.read(v);
        if (store != Ledger.POSTGRESQL) {
            LEDGER_SERVER.refuse(
                    v, "means nothing with store '" + store.id() + "'", "write store: postgresql, or remove it");
        } else {
            LEDGER_SERVER.require(v);
        }
        return new LedgerStore(
                store,
                store == Ledger.SQLITE ? v.get(LEDGER_PATH, Path.of(DEFAULT_PATH)) : null,
                store == Ledger.POSTGRESQL ? server : null,
                kept(store, v.get(RETENTION)));
    }

    private static QuotaStore quota(Values v) {
        Quota store = v.get(QUOTA_STORE);
        if (store == Quota.POSTGRESQL) {
            QUOTA_SERVER.refuseWithoutUrl(v);
        } else {
            QUOTA_SERVER.refuse(v, "means nothing without store: postgresql", "write store: postgresql, or remove it");
        }
        return new QuotaStore(store, store == Quota.POSTGRESQL ? QUOTA_SERVER.read(v) : null, v.has(QUOTA_SERVER.url));
    }

    private static Kept kept(Ledger store, @Nullable Keep told) {
        Kept untold = Kept.of(store);
        return told == null ? untold : new Kept(told.rows() == null ? untold.rows() : told.rows(), told.age());
    }

    private static StorageConfig storage(Values v) {
        LedgerStore ledger = v.get(LEDGER, new LedgerStore(Ledger.MEMORY, null, null, Kept.of(Ledger.MEMORY)));
        QuotaStore told = v.get(QUOTA, new QuotaStore(null, null, false));
        Quota quota = told.store() == null ? unless(ledger.store()) : told.store();
        Server server = told.apart() ? told.server() : ledger.server();
        if (quota == Quota.EMBEDDED && ledger.store() != Ledger.SQLITE) {
            v.error(QUOTA, "store 'embedded' needs the ledger's SQLite", "write storage.ledger.store: sqlite");
        } else if (told.store() == Quota.POSTGRESQL && server == null && !told.apart()) {
            v.error(
                    QUOTA,
                    "store 'postgresql' needs a url, since the ledger has none",
                    "add url: postgresql://host:5432/database");
        }
        return new StorageConfig(
                ledger.store(),
                ledger.path(),
                ledger.server(),
                ledger.kept(),
                quota,
                quota == Quota.POSTGRESQL ? server : null);
    }

    /** What keeps the usage of limits if nobody says. */
    private static Quota unless(Ledger ledger) {
        return switch (ledger) {
            case MEMORY -> Quota.MEMORY;
            case SQLITE -> Quota.EMBEDDED;
            case POSTGRESQL -> Quota.POSTGRESQL;
        };
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
