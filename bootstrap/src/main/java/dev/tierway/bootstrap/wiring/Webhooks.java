package dev.tierway.bootstrap.wiring;

import dev.tierway.adapter.providers.webhook.Webhook;
import dev.tierway.application.event.Deliveries;
import java.util.List;
import java.util.function.Supplier;

/** All receivers of events over HTTP. */
public record Webhooks(List<Webhook> all) implements Supplier<List<Deliveries>> {
    public Webhooks {
        all = List.copyOf(all);
    }

    @Override
    public List<Deliveries> get() {
        return all.stream().map(Webhook::deliveries).toList();
    }

    public void close() {
        all.forEach(Webhook::close);
    }
}
