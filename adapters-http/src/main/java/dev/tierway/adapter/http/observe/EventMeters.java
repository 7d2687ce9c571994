package dev.tierway.adapter.http.observe;

import dev.tierway.application.event.Deliveries;
import dev.tierway.application.event.EventBus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Meters of events and of who is told of them, read when somebody scrapes. */
public final class EventMeters {
    private EventMeters() {}

    /**
     * @param bus must be kept by somebody else: meters don't hold it
     * @param webhooks likewise; all of them, always in the same order
     */
    public static void register(MeterRegistry registry, EventBus bus, Supplier<List<Deliveries>> webhooks) {
        for (String result : bus.counts().keySet()) {
            FunctionCounter.builder("tierway.events", bus, all -> all.counts().getOrDefault(result, 0L))
                    .description("Events, and those that a subscriber missed because it was too slow.")
                    .tag("result", result)
                    .register(registry);
        }
        List<Deliveries> now = webhooks.get();
        for (int i = 0; i < now.size(); i++) {
            String receiver = now.get(i).receiver();
            count(registry, webhooks, i, receiver, "delivered", Deliveries::delivered);
            count(registry, webhooks, i, receiver, "failed", Deliveries::failed);
            count(registry, webhooks, i, receiver, "dropped", Deliveries::dropped);
        }
    }

    private static void count(
            MeterRegistry registry,
            Supplier<List<Deliveries>> webhooks,
            int at,
            String receiver,
            String result,
            ToDoubleFunction<Deliveries> count) {
        FunctionCounter.builder(
                        "tierway.webhook.events",
                        webhooks,
                        all -> count.applyAsDouble(all.get().get(at)))
                .description("What became of a webhook's events.")
                .tag("webhook", receiver)
                .tag("result", result)
                .register(registry);
    }
}
