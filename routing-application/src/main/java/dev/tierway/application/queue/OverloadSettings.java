package dev.tierway.application.queue;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much one instance takes on.
 *
 * @param maxCalls calls that run or wait at once; more are refused as overload
 * @param maxStreams streamed ones among them; null: no limit of their own
 * @param callsPerSecond calls begun in a second, and at most as many at once; null: no limit
 * @param maxWaiting calls that wait for a slot at once; beyond them, those of the caller with most make room
 * @param maxWaitingPerCaller the same of one caller
 * @param priorities of API keys, by their ids; of others, normal
 */
public record OverloadSettings(
        int maxCalls,
        @Nullable Integer maxStreams,
        @Nullable Integer callsPerSecond,
        int maxWaiting,
        int maxWaitingPerCaller,
        Map<String, QueuePriority> priorities) {
    public static final OverloadSettings DEFAULTS =
            new OverloadSettings(20_000, null, null, 1_000, 500, Collections.emptyMap());

    public OverloadSettings {
        if (maxCalls < 1 || maxWaiting < 0 || maxWaitingPerCaller < 0) {
            throw new IllegalArgumentException("overload: max-calls must be 1 or more, those that wait 0 or more");
        }
        if ((maxStreams != null && maxStreams < 1) || (callsPerSecond != null && callsPerSecond < 1)) {
            throw new IllegalArgumentException("overload: max-streams and calls-per-second must be 1 or more");
        }
        priorities = Collections.unmodifiableSortedMap(new TreeMap<>(priorities));
    }
}
