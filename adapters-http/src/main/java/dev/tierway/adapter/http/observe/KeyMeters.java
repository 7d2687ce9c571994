package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.KeyListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether what is done to API keys elsewhere is learned. */
public final class KeyMeters implements KeyListener {
    private final AtomicInteger up = new AtomicInteger(1);

    public KeyMeters(MeterRegistry registry) {
        Gauge.builder("tierway.store.up", up, AtomicInteger::doubleValue)
                .description("1 while the storage answers, else 0.")
                .tag("store", "keys")
                .register(registry);
    }

    @Override
    public void storeDown(Throwable why) {
        up.set(0);
    }

    @Override
    public void storeUp() {
        up.set(1);
    }
}
