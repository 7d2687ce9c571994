package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.guard.GuardOptions;
import dev.tierway.adapter.persistence.guard.GuardedQuotaStore;
import dev.tierway.adapter.persistence.lease.LeasedQuotaStore;
import dev.tierway.adapter.persistence.lease.ShareOptions;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.adapter.persistence.redis.RedisOptions;
import dev.tierway.adapter.persistence.sqlite.EmbeddedQuotaStore;
import dev.tierway.application.limits.LedgerFloors;
import dev.tierway.application.limits.LimitRules;
import dev.tierway.application.limits.LimitsInForce;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.ExpiredReservations;
import dev.tierway.application.port.out.FleetHints;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.service.BudgetRebuild;
import dev.tierway.application.service.SharedHints;
import dev.tierway.application.service.UnsettledAttempts;
import dev.tierway.domain.catalogue.Timeouts;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.time.Duration;
import java.util.Optional;

/** Where state lives: what the configuration says, or objects the embedder gave. */
final class PersistenceModule extends AbstractModule {
    private static final Duration RESERVATION = Timeouts.DEFAULTS.total().plusSeconds(60);

    /** Stores tell in time that they have no answer, and why; this is for when they don't. */
    private static final Duration LATE = Duration.ofMillis(100);

    private final StorageConfig storage;
    private final LimitRules budgets;
    private final Overrides overrides;

    PersistenceModule(StorageConfig storage, LimitRules budgets, Overrides overrides) {
        this.storage = storage;
        this.budgets = budgets;
        this.overrides = overrides;
    }

    @Provides
    @Singleton
    UnsettledAttempts unsettled(History history, WallClock wallClock) {
        return new UnsettledAttempts(history.ledger(), wallClock);
    }

    @Provides
    @Singleton
    QuotaStore quota(
            MonotonicClock clock,
            WallClock wallClock,
            History history,
            Optional<SharedLimits> shared,
            UnsettledAttempts attempts) {
        QuotaStore given = overrides.quota();
        if (given != null) {
            return given;
        }
        // Also without shares here: another instance's may have expired.
        ExpiredReservations unsettled = LeasedQuotaStore.callsOnly(attempts);
        return switch (storage.quota()) {
            case MEMORY -> new MemoryQuotaStore(clock, wallClock, budgets.zone(), RESERVATION, unsettled);
            case EMBEDDED ->
                EmbeddedQuotaStore.open(
                        history.requiredDatabase(), clock, wallClock, budgets.zone(), RESERVATION, unsettled);
            case POSTGRESQL, REDIS -> guarded(shared.orElseThrow(), clock, wallClock, unsettled);
        };
    }

    private QuotaStore guarded(
            SharedLimits shared, MonotonicClock clock, WallClock wallClock, ExpiredReservations unsettled) {
        GuardOptions options =
                GuardOptions.DEFAULTS.withTimeout(shared.timeout().plus(LATE));
        QuotaStore guarded = GuardedQuotaStore.open(
                shared.quota(), options, clock, wallClock, budgets.zone(), RESERVATION, unsettled);
        ShareOptions shares = storage.shares();
        return shares == null ? guarded : LeasedQuotaStore.open(guarded, shares, clock, RESERVATION, unsettled);
    }

    @Provides
    @Singleton
    BudgetRebuild budgetRebuild(History history, LimitsInForce limits, WallClock wallClock) {
        return new BudgetRebuild(new LedgerFloors(history.ledger(), limits, wallClock));
    }

    @Provides
    @Singleton
    Optional<SharedLimits> shared(
            WallClock wallClock, History history, UnsettledAttempts attempts, BudgetRebuild rebuild) {
        ExpiredReservations unsettled = LeasedQuotaStore.callsOnly(attempts);
        RedisOptions redis = storage.redis();
        if (overrides.quota() != null) {
            return Optional.empty();
        }
        if (storage.quota() == StorageConfig.Quota.POSTGRESQL) {
            return Optional.of(SharedQuota.open(
                    storage, history, wallClock, budgets.zone(), RESERVATION, EngineModule.instance(), unsettled));
        }
        return redis == null
                ? Optional.empty()
                : Optional.of(SharedLimits.open(redis, wallClock, budgets.zone(), RESERVATION, unsettled, rebuild));
    }

    @Provides
    @Singleton
    SharedHints hints(ReplicaRegistry registry, Optional<SharedLimits> shared, MonotonicClock clock) {
        SharedHints hints =
                new SharedHints(registry, shared.map(SharedLimits::hints).orElse(FleetHints.NONE), clock);
        hints.start();
        return hints;
    }

    @Provides
    @Singleton
    History history(WallClock wallClock) {
        return History.open(storage, overrides, wallClock);
    }

    @Provides
    @Singleton
    Stores stores(History history, QuotaStore quota, LimitsInForce limits) {
        return new Stores(history, quota, limits);
    }

    @Provides
    @Singleton
    CallLedger ledger(History history) {
        return history.ledger();
    }

    @Provides
    @Singleton
    DecisionLog decisions(History history) {
        return history.decisions();
    }
}
