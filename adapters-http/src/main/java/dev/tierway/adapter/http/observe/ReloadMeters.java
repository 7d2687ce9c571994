package dev.tierway.adapter.http.observe;

import dev.tierway.application.config.ConfigOrder;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.out.ConfigListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts orders for another configuration by what became of them. */
public final class ReloadMeters implements ConfigListener {
    private final MeterRegistry registry;
    private final AtomicInteger last = new AtomicInteger(1);

    public ReloadMeters(MeterRegistry registry) {
        this.registry = registry;
        List.of("applied", "unchanged", "refused").forEach(this::counter);
        Gauge.builder("tierway.config.last.reload.successful", last, AtomicInteger::doubleValue)
                .description("0 if the last order for another configuration was refused, else 1.")
                .register(registry);
    }

    private Counter counter(String outcome) {
        return Counter.builder("tierway.config.reloads")
                .description("Orders for another configuration: reloads and rollbacks.")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void reconfigured(ConfigOrder order, ConfigOutcome outcome) {
        counter(outcome.id()).increment();
        last.set(outcome instanceof ConfigOutcome.Refused ? 0 : 1);
    }
}
