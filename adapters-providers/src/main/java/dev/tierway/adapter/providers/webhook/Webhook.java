package dev.tierway.adapter.providers.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.application.event.Deliveries;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.event.EventSubscriber;
import dev.tierway.application.event.GatewayEvent;
import dev.tierway.application.port.out.WallClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events to one receiver, one after another, signed as <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 * have it. What isn't accepted (2xx) in time is sent again, with the same id; 410 ends the webhook. Redirects aren't
 * followed, and of an answer only the status is looked at.
 */
public final class Webhook implements EventSubscriber, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int GONE = 410;

    private final WebhookOptions options;
    private final WallClock clock;
    private final Duration firstPause;
    private final HttpClient client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private volatile boolean gone;
    private volatile long droppedTold;
    private EventBus.@Nullable Subscription subscription;

    private Webhook(WebhookOptions options, WallClock clock, Duration firstPause) {
        this.options = options;
        this.clock = clock;
        this.firstPause = firstPause;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.timeout())
                .executor(command -> Thread.ofVirtual().name("tierway-webhook").start(command))
                .build();
    }

    /** Begins to hear. */
    public static Webhook open(WebhookOptions options, EventBus bus, WallClock clock) {
        return open(options, bus, clock, Duration.ofSeconds(1));
    }

    /** @param firstPause before an event is sent a second time; doubled each time */
    static Webhook open(WebhookOptions options, EventBus bus, WallClock clock, Duration firstPause) {
        Webhook webhook = new Webhook(options, clock, firstPause);
        webhook.subscription = bus.subscribe("webhook-" + options.id(), options.types(), options.queue(), webhook);
        return webhook;
    }

    /** What became of its events so far. */
    public Deliveries deliveries() {
        EventBus.Subscription heard = subscription;
        return new Deliveries(
                options.id(), delivered.sum(), failed.sum(), heard == null ? 0 : heard.dropped(), attempts.sum());
    }

    @Override
    public void on(GatewayEvent event) throws InterruptedException, JsonProcessingException {
        tellOfDropped();
        if (gone) {
            failed.increment();
            return;
        }
        byte[] body = JSON.writeValueAsBytes(event.document());
        String problem = "";
        for (int attempt = 0; attempt <= options.retries(); attempt++) {
            if (attempt > 0 && closed.await(pause(attempt).toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            problem = post(event.id(), body);
            if (problem.isEmpty()) {
                delivered.increment();
                return;
            }
            if (gone) {
                break;
            }
        }
        failed.increment();
        LOG.atWarn()
                .addKeyValue("webhook", options.id())
                .addKeyValue("event", event.type().id())
                .log("an event couldn't be delivered: {}", problem);
    }

    /** Half of it by chance would be fairer to a receiver with many senders; this one has one per instance. */
    private Duration pause(int attempt) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(20, attempt - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** What went wrong; empty if nothing did. */
    private String post(String id, byte[] body) throws InterruptedException {
        attempts.increment();
        long seconds = clock.epochMillis() / 1000;
        HttpRequest request = HttpRequest.newBuilder(options.url())
                .timeout(options.timeout())
                .header("content-type", "application/json")
                .header("user-agent", "tierway")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", options.secret().signature(id, seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
            gone |= status == GONE;
            return status >= 200 && status < 300 ? "" : "the receiver answered " + status;
        } catch (TimeoutException slow) {
            return "no answer within " + options.timeout().toMillis() + " ms";
        } catch (ExecutionException refused) {
            // Its message names the address, which an operator may know; a url's secrets are in its path, which it
            // doesn't.
            return "the receiver couldn't be reached: "
                    + (refused.getCause() == null
                            ? "?"
                            : refused.getCause().getClass().getSimpleName());
        } finally {
            answer.cancel(true);
        }
    }

    /** Once per event at most: a flood of dropped ones is one line. */
    private void tellOfDropped() {
        EventBus.Subscription heard = subscription;
        long now = heard == null ? 0 : heard.dropped();
        if (now > droppedTold) {
            LOG.atWarn()
                    .addKeyValue("webhook", options.id())
                    .log("{} events were dropped: the receiver is slower than they come", now - droppedTold);
            droppedTold = now;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        EventBus.Subscription heard = subscription;
        if (heard != null) {
            heard.close();
        }
        client.shutdownNow();
    }
}
