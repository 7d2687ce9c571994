package dev.tierway.adapter.providers.wire;

import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A credential that must be fetched: off the event loop, by one thread at a time, and again before it ends, while calls
 * go on with the old one.
 */
public final class CredentialCache<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialCache.class);

    private static final long EARLY_MILLIS = 300_000;
    /** Without an end it may still be changed where it comes from: a file, a role. */
    private static final long ENDLESS_MILLIS = 60_000;

    private static final long RETRY_MILLIS = 5_000;

    /** @param endEpochMillis when it stops being accepted; null if it doesn't say */
    public record Lease<T>(T value, @Nullable Long endEpochMillis) {}

    private record Held<T>(T value, long renewFrom, long end) {}

    private final Vertx vertx;
    private final WallClock clock;
    private final Callable<Lease<T>> source;
    private final Object lock = new Object();
    private volatile @Nullable Held<T> held;
    private @Nullable Future<T> fetching;

    /** @param source may block; its failures' messages must repeat no secret */
    public CredentialCache(Vertx vertx, WallClock clock, Callable<Lease<T>> source) {
        this.vertx = vertx;
        this.clock = clock;
        this.source = source;
    }

    /** Complete at once if there is a credential that still holds. */
    public Future<T> get() {
        long now = clock.epochMillis();
        Held<T> current = held;
        if (current != null && now < current.renewFrom) {
            return Future.succeededFuture(current.value);
        }
        Future<T> fetched = fetch();
        return current != null && now < current.end ? Future.succeededFuture(current.value) : fetched;
    }

    private Future<T> fetch() {
        synchronized (lock) {
            Future<T> running = fetching;
            if (running != null) {
                return running;
            }
            Future<T> fresh = vertx.executeBlocking(source, false).map(this::hold);
            fetching = fresh;
            return fresh.andThen(done -> {
                synchronized (lock) {
                    fetching = null;
                }
                if (done.failed()) {
                    LOG.warn("a provider's credential could not be fetched: {}", reason(done.cause()));
                    postpone();
                }
            });
        }
    }

    private static String reason(Throwable cause) {
        return cause.getClass().getSimpleName();
    }

    private T hold(Lease<T> lease) {
        long now = clock.epochMillis();
        Long end = lease.endEpochMillis();
        held = end == null
                ? new Held<>(lease.value(), now + ENDLESS_MILLIS, Long.MAX_VALUE)
                : new Held<>(lease.value(), end - Math.min(EARLY_MILLIS, Math.max(0, end - now) / 2), end);
        return lease.value();
    }

    /** The old one still holds: not every call asks again for a new one. */
    private void postpone() {
        Held<T> current = held;
        long later = clock.epochMillis() + RETRY_MILLIS;
        if (current != null && current.end > later) {
            held = new Held<>(current.value, later, current.end);
        }
    }
}
