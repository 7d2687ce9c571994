package dev.tierway.application.port.in;

import dev.tierway.domain.routing.Ruling;
import org.jspecify.annotations.Nullable;

/** The caller's hold on a call. May be used from any thread. */
public interface CallHandle {
    String callId();

    /** What a rule made of the call; null if none applied. */
    default @Nullable Ruling ruling() {
        return null;
    }

    /** Whether the reply is that of an earlier call under the same idempotency key. */
    default boolean replayed() {
        return false;
    }

    /** The caller can take that many more events. */
    void request(long events);

    /** The client left: whatever runs upstream is cancelled. */
    void leave();

    /** Somebody with the right to do so ends it. */
    void stop(String by);
}
