package dev.tierway.bootstrap.config;

import dev.tierway.EventsConfig;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.webhook.WebhookOptions;
import dev.tierway.adapter.providers.webhook.WebhookSecret;
import dev.tierway.application.event.EventType;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code events}. */
final class EventsSection {
    static final Key<String> ID =
            Key.required("id", Scalars.name("a webhook's id", PluginKeys::label), "Its name in logs and metrics.");
    static final Key<URI> URL = Key.required(
            "url", BaseUrl.SHAPE, "Where events are posted. Nothing else is ever asked: redirects aren't followed.");
    static final Key<WebhookSecret> SECRET = Key.required(
            "secret",
            new ScalarShape<>(
                    "a secret such as whsec_…",
                    Scalars.SECRET.accepts(),
                    Scalars.SECRET.schema(),
                    text -> WebhookSecret.of(new Secret(text)),
                    true),
            "What signs the events: `whsec_` and 24 to 64 bytes in Base64. `openssl rand -base64 32` makes one.");
    static final Key<List<EventType>> TYPES = Key.optional(
                    "types", new OneOrMany<>(Scalars.choice("event", EventType.all(), EventType::id)), "Which events.")
            .absentMeans("all");
    static final Key<Boolean> INSECURE = Key.optional(
                    "insecure",
                    Scalars.TRUE_OR_FALSE,
                    "`true`: the url may be `http` though it isn't this machine: events can be read on the way.")
            .or("false");
    static final Key<Duration> TIMEOUT = Key.optional(
                    "timeout", Quantities.DURATION_ABOVE_ZERO, "How long the receiver may take, each time.")
            .or("10s");
    static final Key<Integer> RETRIES = Key.optional(
                    "retries",
                    Quantities.smallCount(0, 20),
                    "How often an event is sent again: after 1 s, 2 s, 4 s and so on, at most a minute.")
            .or("8");
    static final Key<Integer> QUEUE = Key.optional(
                    "queue",
                    Quantities.smallCount(1, 1_000_000),
                    "How many events may wait; those beyond are dropped, counted and logged.")
            .or("1000");

    static final Section<WebhookOptions> WEBHOOK = Section.of(
            "webhook",
            "Posts events as [Standard Webhooks](https://www.standardwebhooks.com) have them, signed.",
            List.of(ID, URL, SECRET, TYPES, INSECURE, TIMEOUT, RETRIES, QUEUE),
            EventsSection::webhook);

    static final Key<List<WebhookOptions>> WEBHOOKS =
            Key.optional("webhooks", new ListShape<>(WEBHOOK, "a list of webhooks", 0), "Who is told over HTTP.");

    static final Section<EventsConfig> SECTION =
            Section.of("events", "Who is told what happens.", List.of(WEBHOOKS), v -> {
                Set<String> ids = new HashSet<>();
                for (WebhookOptions webhook : v.get(WEBHOOKS, List.of())) {
                    if (!ids.add(webhook.id())) {
                        v.error(WEBHOOKS, "two webhooks have the id '" + webhook.id() + "'", "rename one");
                    }
                }
                return new EventsConfig(v.get(WEBHOOKS, List.of()));
            });

    private EventsSection() {}

    private static WebhookOptions webhook(Values v) {
        if (BaseUrl.isOpenToEavesdroppers(v.value(URL)) && !v.value(INSECURE)) {
            v.error(URL, "sends events unencrypted over a network", "write https://, or insecure: true to accept it");
        }
        List<EventType> types = v.get(TYPES, EventType.all());
        return new WebhookOptions(
                v.value(ID),
                v.value(URL),
                v.value(SECRET),
                EnumSet.copyOf(types),
                v.value(TIMEOUT),
                v.value(RETRIES),
                v.value(QUEUE));
    }
}
