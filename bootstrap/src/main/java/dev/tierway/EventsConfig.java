package dev.tierway;

import dev.tierway.adapter.providers.webhook.WebhookOptions;
import java.util.List;

/** Who is told of events. */
public record EventsConfig(List<WebhookOptions> webhooks) {
    public static final EventsConfig NONE = new EventsConfig(List.of());

    public EventsConfig {
        webhooks = List.copyOf(webhooks);
    }
}
