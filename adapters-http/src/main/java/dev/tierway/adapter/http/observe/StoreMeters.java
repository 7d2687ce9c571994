package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.in.QueryStores;
import dev.tierway.application.port.in.SharesStatus;
import dev.tierway.application.port.in.StoreStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Meters of the stores that write behind the calls, read when somebody scrapes. */
public final class StoreMeters {
    private StoreMeters() {}

    /** @param stores must be kept by somebody else: meters don't hold it */
    public static void register(MeterRegistry registry, QueryStores stores) {
        for (StoreStatus one : stores.stores()) {
            String store = one.store();
            Gauge.builder("tierway.store.up", stores, all -> of(all, store, now -> now.up() ? 1 : 0))
                    .description("1 while the storage answers, else 0.")
                    .tag("store", store)
                    .register(registry);
            Gauge.builder("tierway.store.waiting", stores, all -> of(all, store, StoreStatus::waiting))
                    .description("Writes that are not yet durable.")
                    .tag("store", store)
                    .register(registry);
            counter(registry, stores, store, "written", StoreStatus::written);
            counter(registry, stores, store, "retried", StoreStatus::retried);
            counter(registry, stores, store, "lost", StoreStatus::lost);
        }
        if (stores.shares() != null) {
            shares(registry, stores);
        }
    }

    private static void shares(MeterRegistry registry, QueryStores stores) {
        String reservations = "tierway.quota.reservations";
        FunctionCounter.builder(reservations, stores, all -> of(all, SharesStatus::admittedHere))
                .description("Reservations, by who decided them.")
                .tag("by", "share")
                .register(registry);
        FunctionCounter.builder(reservations, stores, all -> of(all, SharesStatus::askedStore))
                .description("Reservations, by who decided them.")
                .tag("by", "store")
                .register(registry);
        FunctionCounter.builder("tierway.quota.shares", stores, all -> of(all, SharesStatus::shares))
                .description("Shares of limits that the store granted.")
                .register(registry);
        leased(registry, stores, "leased", SharesStatus::leased);
        leased(registry, stores, "returned", SharesStatus::returned);
    }

    private static void leased(
            MeterRegistry registry, QueryStores stores, String what, ToDoubleFunction<SharesStatus> amount) {
        FunctionCounter.builder("tierway.quota.leased", stores, all -> of(all, amount))
                .description("What was leased of limits, and given back unused: requests and tokens together.")
                .tag("event", what)
                .register(registry);
    }

    private static double of(QueryStores stores, ToDoubleFunction<SharesStatus> value) {
        SharesStatus now = stores.shares();
        return now == null ? Double.NaN : value.applyAsDouble(now);
    }

    private static void counter(
            MeterRegistry registry,
            QueryStores stores,
            String store,
            String result,
            ToDoubleFunction<StoreStatus> count) {
        FunctionCounter.builder("tierway.store.writes", stores, all -> of(all, store, count))
                .description("What became of writes.")
                .tag("store", store)
                .tag("result", result)
                .register(registry);
    }

    private static double of(QueryStores stores, String store, ToDoubleFunction<StoreStatus> value) {
        return stores.stores().stream()
                .filter(one -> one.store().equals(store))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
