package dev.tierway.bootstrap.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.tierway.StorageConfig;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.service.UnsettledAttempts;
import dev.tierway.domain.catalogue.Timeouts;
import java.time.Duration;
import java.time.ZoneOffset;

/** Where state lives: what the configuration says, or objects the embedder gave. */
final class PersistenceModule extends AbstractModule {
    private static final Duration RESERVATION = Timeouts.DEFAULTS.total().plusSeconds(60);

    private final StorageConfig storage;
    private final Overrides overrides;

    PersistenceModule(StorageConfig storage, Overrides overrides) {
        this.storage = storage;
        this.overrides = overrides;
    }

    /** This version has per-minute and per-day limits of quota domains only; both quota stores keep them in memory. */
    @Provides
    @Singleton
    QuotaStore quota(MonotonicClock clock, WallClock wallClock, CallLedger ledger) {
        QuotaStore given = overrides.quota();
        return given != null
                ? given
                : new MemoryQuotaStore(clock, wallClock, ZoneOffset.UTC, RESERVATION, new UnsettledAttempts(ledger));
    }

    @Provides
    @Singleton
    History history(WallClock wallClock) {
        return History.open(storage, overrides, wallClock);
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
