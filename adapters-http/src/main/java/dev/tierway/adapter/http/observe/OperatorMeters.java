package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.NumberedOrder;
import dev.tierway.application.port.out.OperatorListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts operators' actions given to this instance: the sum over instances counts each once. */
public final class OperatorMeters implements OperatorListener {
    private final MeterRegistry registry;
    private final AtomicInteger up = new AtomicInteger(1);

    public OperatorMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("tierway.store.up", up, AtomicInteger::doubleValue)
                .description("1 while the storage answers, else 0.")
                .tag("store", "operator")
                .register(registry);
    }

    @Override
    public void ordered(NumberedOrder order, boolean here) {
        if (here) {
            Counter.builder("tierway.operator.actions")
                    .description("Operators' actions given to this instance.")
                    .tag("scope", order.given().scope().level().id())
                    .tag("kind", order.given().order().kind())
                    .register(registry)
                    .increment();
        }
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
