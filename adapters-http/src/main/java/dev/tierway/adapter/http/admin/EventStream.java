package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Exchange;
import dev.tierway.adapter.http.server.HttpProblem;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.adapter.http.server.QueryString;
import dev.tierway.adapter.http.server.ResponseWriter;
import dev.tierway.adapter.http.wire.ServerSentEvents;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.event.EventType;
import dev.tierway.application.event.GatewayEvent;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /admin/events}: what happens from now on, as server-sent events. Of a client that reads slowly at most {@code
 * ROOM} events wait, then it misses some, and is told how many.
 */
final class EventStream {
    /** Operators and dashboards, not the public. */
    private static final int MOST_CLIENTS = 16;

    private static final int ROOM = 256;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long STALLED_SECONDS = 30;

    private final EventBus bus;
    private final AtomicInteger clients = new AtomicInteger();

    EventStream(EventBus bus) {
        this.bus = bus;
    }

    void open(Exchange exchange) {
        Set<EventType> types = types(QueryString.of(exchange, List.of("types")).text("types"));
        if (clients.incrementAndGet() > MOST_CLIENTS) {
            clients.decrementAndGet();
            throw HttpProblem.of(
                    503, "overloaded", "Already " + MOST_CLIENTS + " clients listen to events: close one of them.");
        }
        exchange.head(200, "text/event-stream").setChunked(true).headers().set(HttpHeaders.CACHE_CONTROL, "no-cache");
        Client client = new Client(exchange);
        exchange.writer().write(ServerSentEvents.keepAlive());
        exchange.writer().onDrain(client::caughtUp);
        exchange.onTick(client::tick);
        client.subscription = bus.subscribe("admin", types, ROOM, client::tell);
        exchange.onLeft(client::left);
    }

    private static Set<EventType> types(@Nullable String asked) {
        if (asked == null) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String one : asked.split(",", -1)) {
            types.add(EventType.all().stream()
                    .filter(type -> type.id().equals(one.strip()))
                    .findFirst()
                    .orElseThrow(() -> HttpProblem.invalid(
                            "There is no event '" + one.strip() + "'. Known are " + String.join(", ", known()) + ".",
                            "types")));
        }
        return types;
    }

    private static List<String> known() {
        return EventType.all().stream().map(EventType::id).toList();
    }

    /** One that listens. */
    private final class Client {
        private final Exchange exchange;
        private final ResponseWriter writer;
        private final List<Runnable> waiting = new ArrayList<>(1);
        private volatile EventBus.@Nullable Subscription subscription;
        private long missedTold;
        private long wroteNanos;
        private boolean gone;

        Client(Exchange exchange) {
            this.exchange = exchange;
            this.writer = exchange.writer();
            this.wroteNanos = exchange.nowNanos();
        }

        /** On the subscription's thread, which waits until the client can take more. */
        void tell(GatewayEvent event) throws Exception {
            byte[] frame = ServerSentEvents.event(event.type().id(), Json.bytes(event.document()));
            CompletableFuture<Boolean> written = new CompletableFuture<>();
            exchange.context().runOnContext(turn -> offer(frame, written));
            try {
                written.get(STALLED_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException stalled) {
                exchange.context().runOnContext(turn -> left());
            }
        }

        private void offer(byte[] frame, CompletableFuture<Boolean> written) {
            if (gone) {
                written.complete(false);
            } else if (writer.full()) {
                waiting.add(() -> offer(frame, written));
            } else {
                tellMissed();
                writer.write(frame);
                wroteNanos = exchange.nowNanos();
                written.complete(true);
            }
        }

        private void tellMissed() {
            EventBus.Subscription heard = subscription;
            long missed = heard == null ? 0 : heard.dropped();
            if (missed > missedTold) {
                writer.write((": " + (missed - missedTold) + " events missed, because this client reads too slowly\n\n")
                        .getBytes(StandardCharsets.US_ASCII));
                missedTold = missed;
            }
        }

        void caughtUp() {
            List<Runnable> now = List.copyOf(waiting);
            waiting.clear();
            now.forEach(Runnable::run);
        }

        void tick(long nowNanos) {
            if (!gone && nowNanos - wroteNanos > SILENCE_NANOS && !writer.full()) {
                wroteNanos = nowNanos;
                writer.write(ServerSentEvents.keepAlive());
            }
        }

        void left() {
            if (gone) {
                return;
            }
            gone = true;
            clients.decrementAndGet();
            EventBus.Subscription heard = subscription;
            if (heard != null) {
                heard.close();
            }
            caughtUp();
        }
    }
}
