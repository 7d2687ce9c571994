package dev.tierway.adapter.persistence.redis;

import dev.tierway.application.port.out.FleetHints;
import dev.tierway.domain.fleet.FleetHint;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hints by publish and subscribe, among all instances with the same key prefix. */
public final class RedisFleetHints implements FleetHints {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFleetHints.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final RedisLink link;
    private final String channel;
    private final String instance = UUID.randomUUID().toString();
    private final LongAdder garbage = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final CompletableFuture<@Nullable Void> listening = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile @Nullable StatefulRedisPubSubConnection<String, String> connection;

    /** @param link stays the caller's to close, after this */
    public RedisFleetHints(RedisLink link) {
        this.link = link;
        this.channel = link.options().tag() + ":hints";
    }

    @Override
    public void publish(FleetHint hint) {
        var unused = link.publish(channel, HintMessage.text(instance, hint)).whenComplete((heard, error) -> {
            if (error != null) {
                lost.increment();
            }
        });
    }

    @Override
    public void subscribe(Consumer<FleetHint> listener) {
        if (closed) {
            return;
        }
        var unused = link.listening()
                .thenCompose(made -> subscribed(made, listener))
                .whenComplete((done, error) -> {
                    if (error == null) {
                        listening.complete(null);
                    } else {
                        LOG.debug("can't listen to other instances yet", error);
                        var unusedTimer = link.resources()
                                .eventExecutorGroup()
                                .schedule(() -> subscribe(listener), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                    }
                });
    }

    private CompletionStage<@Nullable Void> subscribed(
            StatefulRedisPubSubConnection<String, String> made, Consumer<FleetHint> listener) {
        connection = made;
        made.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String from, String text) {
                heard(text, listener);
            }
        });
        return made.async().subscribe(channel).thenApply(done -> null);
    }

    private void heard(String text, Consumer<FleetHint> listener) {
        HintMessage message = HintMessage.of(text);
        if (message == null) {
            garbage.increment();
        } else if (!message.instance().equals(instance)) {
            listener.accept(message.hint());
        }
    }

    /** Completes once hints of others are heard. */
    CompletionStage<@Nullable Void> listening() {
        return listening;
    }

    /** Messages that were no hints: another program's, or a newer version's. */
    public long garbage() {
        return garbage.sum();
    }

    /** Hints that could not be published. */
    public long lost() {
        return lost.sum();
    }

    @Override
    public void close() {
        closed = true;
        StatefulRedisPubSubConnection<String, String> made = connection;
        if (made != null) {
            var unused = made.closeAsync();
        }
    }
}
