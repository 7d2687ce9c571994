package dev.tierway.adapter.persistence.guard;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import dev.tierway.application.port.out.QuotaStore;
import java.lang.reflect.Proxy;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** Guarded, a store that answers keeps every promise. */
class GuardedContractTest implements QuotaStoreContract {
    private final ManualClock clock = new ManualClock();
    private final GuardedQuotaStore store = GuardedQuotaStore.open(
            remote(new MemoryQuotaStore(clock, clock, ZoneOffset.UTC, RESERVATION, (memo, estimate) -> {})),
            GuardOptions.DEFAULTS,
            clock,
            clock,
            ZoneOffset.UTC,
            RESERVATION,
            (memo, estimate) -> {});

    /** Answers as the other store does. */
    private static RemoteQuotaStore remote(QuotaStore store) {
        return (RemoteQuotaStore) Proxy.newProxyInstance(
                RemoteQuotaStore.class.getClassLoader(),
                new Class<?>[] {RemoteQuotaStore.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "ping" -> CompletableFuture.completedStage(null);
                    case "liveInstances" -> 1;
                    default -> method.invoke(store, args);
                });
    }

    @Override
    public QuotaStore store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @AfterEach
    void close() {
        store.close();
    }
}
