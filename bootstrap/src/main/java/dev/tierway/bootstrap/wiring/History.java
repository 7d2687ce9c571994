package dev.tierway.bootstrap.wiring;

import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.Retention;
import dev.tierway.adapter.persistence.StoreHealth;
import dev.tierway.adapter.persistence.decision.RingDecisionLog;
import dev.tierway.adapter.persistence.memory.MemoryApiKeyStore;
import dev.tierway.adapter.persistence.memory.MemoryAuditLog;
import dev.tierway.adapter.persistence.memory.MemoryCallLedger;
import dev.tierway.adapter.persistence.memory.MemoryCheckpointStore;
import dev.tierway.adapter.persistence.memory.MemoryConfigHistory;
import dev.tierway.adapter.persistence.memory.MemoryOperatorState;
import dev.tierway.adapter.persistence.sqlite.SqliteApiKeyStore;
import dev.tierway.adapter.persistence.sqlite.SqliteAuditLog;
import dev.tierway.adapter.persistence.sqlite.SqliteCallLedger;
import dev.tierway.adapter.persistence.sqlite.SqliteCheckpointStore;
import dev.tierway.adapter.persistence.sqlite.SqliteConfigHistory;
import dev.tierway.adapter.persistence.sqlite.SqliteDatabase;
import dev.tierway.adapter.persistence.sqlite.SqliteDecisionLog;
import dev.tierway.adapter.persistence.sqlite.SqliteOperatorState;
import dev.tierway.adapter.persistence.sqlite.SqliteOptions;
import dev.tierway.application.explain.DecisionExplainer;
import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.in.StoreStatus;
import dev.tierway.application.port.out.ApiKeyStore;
import dev.tierway.application.port.out.AuditLog;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.CheckpointStore;
import dev.tierway.application.port.out.ConfigHistory;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.OperatorState;
import dev.tierway.application.port.out.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered: the ledger, the decisions, what operators ordered, the audit trail, API keys and the configurations that
 * were in force, with the database they share.
 *
 * @param database null unless it is a file
 * @param shared null unless it is a server
 */
public record History(
        CallLedger ledger,
        DecisionLog decisions,
        OperatorState operatorState,
        AuditLog audit,
        ApiKeyStore keys,
        ConfigHistory configs,
        @Nullable SqliteDatabase database,
        @Nullable SharedHistory shared)
        implements AutoCloseable, QueryStores {
    private static final int NEWEST = 10_000;
    private static final Retention AUDIT = new Retention(1_000_000, Duration.ofDays(400));
    private static final Retention CHECKPOINTS = new Retention(10_000_000, Duration.ofDays(30));
    private static final Retention DECISIONS = new Retention(200_000, Duration.ofDays(30));

    /** @throws dev.tierway.adapter.persistence.StoreException if the database can't be opened */
    static History open(StorageConfig storage, Overrides given, WallClock clock) {
        Path path = storage.ledgerPath();
        CallLedger ledger = given.ledger();
        DecisionLog decisions = given.decisions();
        OperatorState operatorState = given.operatorState();
        AuditLog audit = given.audit();
        boolean embeddedQuota = given.quota() == null && storage.quota() == StorageConfig.Quota.EMBEDDED;
        ConfigHistory configs = given.configHistory();
        boolean needed = given.checkpoints() == null
                || ledger == null
                || decisions == null
                || operatorState == null
                || audit == null
                || configs == null
                || embeddedQuota;
        SqliteDatabase database = needed && path != null ? SqliteDatabase.open(SqliteOptions.at(path)) : null;
        StorageConfig.Server server = storage.ledgerServer();
        SharedHistory shared = needed && server != null ? SharedHistory.open(server) : null;
        return new History(
                ledger != null ? ledger : ledger(database, shared, storage.ledgerKept(), clock),
                decisions != null ? decisions : decisions(database, shared, clock),
                operatorState != null ? operatorState : operatorState(database, shared),
                audit != null ? audit : audit(database, shared, clock),
                keys(database, shared),
                configs != null ? configs : configs(database, shared),
                database,
                shared);
    }

    private static CallLedger ledger(
            @Nullable SqliteDatabase database,
            @Nullable SharedHistory shared,
            StorageConfig.Kept kept,
            WallClock clock) {
        Retention retention = new Retention(kept.rows(), kept.age());
        if (shared != null) {
            return shared.ledger(retention, clock);
        }
        return database == null
                ? new MemoryCallLedger(retention, clock)
                : new SqliteCallLedger(database, retention, clock);
    }

    private static DecisionLog decisions(
            @Nullable SqliteDatabase database, @Nullable SharedHistory shared, WallClock clock) {
        if (shared != null) {
            return shared.decisions(NEWEST, DECISIONS, clock);
        }
        return database == null
                ? new RingDecisionLog(NEWEST, DecisionExplainer::document, clock, ForkJoinPool.commonPool())
                : new SqliteDecisionLog(database, NEWEST, DecisionExplainer::document, DECISIONS, clock);
    }

    private static OperatorState operatorState(@Nullable SqliteDatabase database, @Nullable SharedHistory shared) {
        if (shared != null) {
            return shared.operatorState();
        }
        return database == null ? new MemoryOperatorState() : new SqliteOperatorState(database);
    }

    private static AuditLog audit(@Nullable SqliteDatabase database, @Nullable SharedHistory shared, WallClock clock) {
        if (shared != null) {
            return shared.audit(AUDIT, clock);
        }
        return database == null ? new MemoryAuditLog(NEWEST) : new SqliteAuditLog(database, AUDIT, clock);
    }

    private static ApiKeyStore keys(@Nullable SqliteDatabase database, @Nullable SharedHistory shared) {
        if (shared != null) {
            return shared.keys();
        }
        return database == null ? new MemoryApiKeyStore() : new SqliteApiKeyStore(database);
    }

    private static ConfigHistory configs(@Nullable SqliteDatabase database, @Nullable SharedHistory shared) {
        if (shared != null) {
            return shared.configs();
        }
        return database == null ? new MemoryConfigHistory() : new SqliteConfigHistory(database);
    }

    CheckpointStore checkpoints(WallClock clock) {
        if (shared != null) {
            return shared.checkpoints(CHECKPOINTS, clock);
        }
        return database == null ? new MemoryCheckpointStore() : new SqliteCheckpointStore(database, CHECKPOINTS, clock);
    }

    /** The database that limits are kept in too. */
    SqliteDatabase requiredDatabase() {
        return Objects.requireNonNull(database, "storage.quota.store embedded needs the ledger's SQLite");
    }

    /** One file holds them all: the ledger stands for it. */
    @Override
    public List<StoreStatus> stores() {
        StoreHealth now = database != null ? database.health() : shared != null ? shared.health() : null;
        if (now == null) {
            return List.of();
        }
        return List.of(new StoreStatus(
                "ledger", now.up(), now.problem(), now.waiting(), now.written(), now.retried(), now.lost(), false));
    }

    @Override
    public void close() {
        decisions.close();
        ledger.close();
        operatorState.close();
        audit.close();
        keys.close();
        configs.close();
        if (database != null) {
            database.close();
        }
        if (shared != null) {
            shared.close();
        }
    }
}
