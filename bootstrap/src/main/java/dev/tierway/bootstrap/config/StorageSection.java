package dev.tierway.bootstrap.config;

import dev.tierway.StorageConfig;
import dev.tierway.StorageConfig.Ledger;
import dev.tierway.StorageConfig.Quota;
import dev.tierway.StorageConfig.Server;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

    record LedgerStore(Ledger store, @Nullable Path path) {}

    private static final Section<LedgerStore> LEDGER_SECTION = Section.of(
                    "ledger",
                    "The account book: one row per attempt; and the decisions worth keeping.",
                    List.of(LEDGER_STORE, LEDGER_PATH),
                    StorageSection::ledger)
            .later("url");

    static final Key<Quota> QUOTA_STORE = Key.optional(
                    "store",
                    Scalars.choice("store", List.of(Quota.values()), Quota::id, "redis"),
                    "`memory`: gone when the process ends; `embedded` needs a `sqlite` ledger, and in this version"
                            + " keeps usage in memory as well; `postgresql`: shared by all gateways on the server.")
            .absentMeans("`embedded` with a `sqlite` ledger, else `memory`");

    static final PostgresKeys QUOTA_SERVER = new PostgresKeys("needed with `postgresql`");

    record QuotaStore(@Nullable Quota store, @Nullable Server server) {}

    private static final Section<QuotaStore> QUOTA_SECTION = Section.of(
                    "quota-store",
                    "What is used up of every limit.",
                    List.of(
                            QUOTA_STORE,
                            QUOTA_SERVER.url,
                            QUOTA_SERVER.user,
                            QUOTA_SERVER.password,
                            QUOTA_SERVER.poolSize),
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
        return new LedgerStore(store, store == Ledger.SQLITE ? v.get(LEDGER_PATH, Path.of(DEFAULT_PATH)) : null);
    }

    private static QuotaStore quota(Values v) {
        Quota store = v.get(QUOTA_STORE);
        if (store == Quota.POSTGRESQL) {
            QUOTA_SERVER.require(v);
        } else {
            QUOTA_SERVER.refuse(v, "means nothing without store: postgresql", "write store: postgresql, or remove it");
        }
        return new QuotaStore(store, store == Quota.POSTGRESQL ? QUOTA_SERVER.read(v) : null);
    }

    private static StorageConfig storage(Values v) {
        LedgerStore ledger = v.get(LEDGER, new LedgerStore(Ledger.MEMORY, null));
        QuotaStore told = v.get(QUOTA, new QuotaStore(null, null));
        Quota quota = told.store();
        boolean durable = ledger.store() == Ledger.SQLITE;
        if (quota == Quota.EMBEDDED && !durable) {
            v.error(QUOTA, "store 'embedded' needs the ledger's SQLite", "write storage.ledger.store: sqlite");
        } else if (quota == Quota.EMBEDDED) {
            v.warn(QUOTA, "store 'embedded' forgets usage at a restart in this version, as 'memory' does", null);
        }
        return new StorageConfig(
                ledger.store(),
                ledger.path(),
                quota == null ? (durable ? Quota.EMBEDDED : Quota.MEMORY) : quota,
                told.server());
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
