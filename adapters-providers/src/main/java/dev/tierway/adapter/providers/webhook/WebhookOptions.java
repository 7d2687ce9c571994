package dev.tierway.adapter.providers.webhook;

import dev.tierway.application.event.EventType;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Where events go.
 *
 * @param id in logs and metrics
 * @param timeout how long the receiver may take, each time
 * @param retries how often an event is sent again
 * @param queue how many events may wait
 */
public record WebhookOptions(
        String id, URI url, WebhookSecret secret, Set<EventType> types, Duration timeout, int retries, int queue) {
    public WebhookOptions {
        types = Set.copyOf(types);
    }
}
