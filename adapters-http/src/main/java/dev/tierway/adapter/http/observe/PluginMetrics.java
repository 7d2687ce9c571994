package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.PluginUse;
import dev.tierway.domain.call.Selection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counts what plugins did to calls. */
public final class PluginMetrics implements RoutingListener {
    private final MeterFamily<Counter> uses;

    public PluginMetrics(MeterRegistry registry) {
        uses = new MeterFamily<>(
                List.of("plugin", "stage", "outcome"),
                tags -> Counter.builder("tierway.plugin.uses")
                        .description("What plugins did to calls.")
                        .tags(tags)
                        .register(registry));
    }

    @Override
    public void finished(Selection selection) {
        for (PluginUse use : selection.plugins()) {
            uses.of(use.plugin(), use.stage().id(), use.outcome().id()).increment();
        }
    }
}
