package dev.tierway.application.service;

import dev.tierway.application.error.OverloadedException;
import dev.tierway.application.error.TierwayException;
import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.queue.ShedReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many calls this instance takes on at once, and how fast: looked at before anything is reserved. */
final class Admission {
    private static final long SECOND = 1_000_000_000L;

    private final Supplier<OverloadSettings> settings;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();

    /** When the calls begun would all have begun at an even pace (generic cell rate algorithm). */
    private final AtomicLong paceNanos = new AtomicLong(Long.MIN_VALUE);

    Admission(Supplier<OverloadSettings> settings) {
        this.settings = settings;
    }

    /**
     * Counts a call in; {@link #left} counts it out.
     *
     * @param shed hears why, before it is thrown
     * @throws OverloadedException 503 if there are too many
     */
    void enter(boolean stream, long nowNanos, Consumer<ShedReason> shed) {
        OverloadSettings bounds = settings.get();
        Long early = bounds.callsPerSecond() == null ? null : tooEarlyNanos(bounds.callsPerSecond(), nowNanos);
        if (early != null) {
            throw refused(
                    shed,
                    ShedReason.TOO_FAST,
                    "more than " + bounds.callsPerSecond() + " calls begin in a second",
                    Duration.ofNanos(early));
        }
        if (calls.incrementAndGet() > bounds.maxCalls()) {
            calls.decrementAndGet();
            throw refused(
                    shed, ShedReason.TOO_MANY_CALLS, bounds.maxCalls() + " calls run already", Duration.ofSeconds(1));
        }
        Integer mostStreams = bounds.maxStreams();
        if (stream && streams.incrementAndGet() > (mostStreams == null ? Integer.MAX_VALUE : mostStreams)) {
            left(true);
            throw refused(
                    shed,
                    ShedReason.TOO_MANY_STREAMS,
                    mostStreams + " streams are open already",
                    Duration.ofSeconds(1));
        }
    }

    void left(boolean stream) {
        calls.decrementAndGet();
        if (stream) {
            streams.decrementAndGet();
        }
    }

    /** A second's worth may begin at once. Null if this call may begin now; it is counted then. */
    private @Nullable Long tooEarlyNanos(int perSecond, long nowNanos) {
        long step = SECOND / perSecond;
        while (true) {
            long pace = paceNanos.get();
            long from = pace == Long.MIN_VALUE || pace - nowNanos < 0 ? nowNanos : pace;
            long early = from + step - nowNanos - SECOND;
            if (early > 0) {
                return early;
            }
            if (paceNanos.compareAndSet(pace, from + step)) {
                return null;
            }
        }
    }

    private static OverloadedException refused(
            Consumer<ShedReason> shed, ShedReason why, String words, Duration retryAfter) {
        shed.accept(why);
        return new OverloadedException(new TierwayException.Details(
                "this instance is overloaded: " + words + "; try again in a moment",
                503,
                "overloaded",
                true,
                retryAfter,
                null));
    }
}
