package dev.tierway.adapter.persistence.lease;

import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import dev.tierway.adapter.persistence.memory.MemoryQuotaStore;
import java.time.Duration;
import java.time.ZoneOffset;

/** Limits too small to be shared out are the store's own, with every promise. */
class LeasedContractTest implements QuotaStoreContract {
    private final ManualClock clock = new ManualClock();
    private final LeasedQuotaStore store = new LeasedQuotaStore(
            new MemoryQuotaStore(clock, clock, ZoneOffset.UTC, RESERVATION, (memo, estimate) -> {}),
            new ShareOptions(0.005, Duration.ofSeconds(1)),
            clock,
            RESERVATION,
            (memo, estimate) -> {},
            "one",
            tick -> () -> {});

    @Override
    public LeasedQuotaStore store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }
}
