package dev.tierway.adapter.http.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** Whether a storage that others share answers. */
public final class StoreGauge {
    private StoreGauge() {}

    /** @param store its name in the label */
    public static void register(MeterRegistry registry, String store, BooleanSupplier up) {
        Gauge.builder("tierway.store.up", up, answering -> answering.getAsBoolean() ? 1 : 0)
                .description("1 while the storage answers, else 0.")
                .tag("store", store)
                .strongReference(true)
                .register(registry);
    }
}
