package dev.tierway.domain.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and times a selection carries for people; they decide nothing.
 *
 * @param callId also the decision's id
 * @param atEpochMillis wall-clock time of the start
 * @param startNanos the same moment on the monotonic clock
 * @param key the caller's API key by id; null: the gateway asked for none
 * @param options what the caller set, by the names of the {@code tierway} object
 */
public record CallIdentity(
        String callId,
        String requestId,
        String instance,
        @Nullable String key,
        long atEpochMillis,
        long startNanos,
        Map<String, String> options) {
    public CallIdentity {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** A call that needed no key. */
    public CallIdentity(
            String callId,
            String requestId,
            String instance,
            long atEpochMillis,
            long startNanos,
            Map<String, String> options) {
        this(callId, requestId, instance, null, atEpochMillis, startNanos, options);
    }
}
