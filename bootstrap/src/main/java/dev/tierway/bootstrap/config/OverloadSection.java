package dev.tierway.bootstrap.config;

import dev.tierway.application.queue.OverloadSettings;
import dev.tierway.application.queue.QueuePriority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code overload}. */
final class OverloadSection {
    private static final int MOST = 1_000_000;
    private static final ListShape<String> KEYS = new ListShape<>(Scalars.TEXT, "a list of API keys' ids", 0);

    static final Key<Integer> MAX_CALLS = Key.optional(
                    "max-calls",
                    Quantities.smallCount(1, MOST),
                    "Calls that run or wait at once; more are refused with 503 `overloaded`.")
            .or("20000");
    static final Key<Integer> MAX_STREAMS = Key.optional(
                    "max-streams", Quantities.smallCount(1, MOST), "Streamed ones among them.")
            .absentMeans("no limit of their own");
    static final Key<Integer> CALLS_PER_SECOND = Key.optional(
                    "calls-per-second",
                    Quantities.smallCount(1, MOST),
                    "Calls begun in a second, and at most as many at once; more are refused with 503 `overloaded`.")
            .absentMeans("no limit");
    static final Key<Integer> MAX_WAITING = Key.optional(
                    "max-waiting",
                    Quantities.smallCount(0, MOST),
                    "Calls that wait for a slot at once; beyond them, the newest of the API key with most waiting is"
                            + " refused with 429. `0`: nobody waits. For how long: `routing.waiting.park`.")
            .or("1000");
    static final Key<Integer> MAX_WAITING_PER_KEY = Key.optional(
                    "max-waiting-per-key", Quantities.smallCount(0, MOST), "The same of one API key.")
            .or("500");
    static final Key<List<String>> HIGH =
            Key.optional("high", KEYS, "API keys whose calls get 16 of 21 slots while all three kinds wait.");
    static final Key<List<String>> LOW =
            Key.optional("low", KEYS, "API keys whose calls get 1 of them; those named nowhere get 4.");

    static final Section<OverloadSettings> SECTION = Section.of(
            "overload",
            "How much one instance takes on, and whose turn it is when calls wait for a slot: API keys take turns.",
            List.of(MAX_CALLS, MAX_STREAMS, CALLS_PER_SECOND, MAX_WAITING, MAX_WAITING_PER_KEY, HIGH, LOW),
            OverloadSection::settings);

    private OverloadSection() {}

    private static OverloadSettings settings(Values v) {
        Map<String, QueuePriority> priorities = new LinkedHashMap<>();
        v.get(HIGH, List.of()).forEach(key -> priorities.put(key, QueuePriority.HIGH));
        for (String key : v.get(LOW, List.of())) {
            if (priorities.put(key, QueuePriority.LOW) == QueuePriority.HIGH) {
                v.error(LOW, "key '" + key + "' is named under high too", "name it once");
            }
        }
        return new OverloadSettings(
                v.value(MAX_CALLS),
                v.get(MAX_STREAMS),
                v.get(CALLS_PER_SECOND),
                v.value(MAX_WAITING),
                v.value(MAX_WAITING_PER_KEY),
                priorities);
    }

    static Map<String, Object> shown(OverloadSettings settings) {
        return new Shown()
                .put(MAX_CALLS, settings.maxCalls())
                .put(MAX_STREAMS, settings.maxStreams())
                .put(CALLS_PER_SECOND, settings.callsPerSecond())
                .put(MAX_WAITING, settings.maxWaiting())
                .put(MAX_WAITING_PER_KEY, settings.maxWaitingPerCaller())
                .put(HIGH, keys(settings, QueuePriority.HIGH))
                .put(LOW, keys(settings, QueuePriority.LOW))
                .map();
    }

    private static @Nullable List<String> keys(OverloadSettings settings, QueuePriority priority) {
        List<String> keys = settings.priorities().entrySet().stream()
                .filter(entry -> entry.getValue() == priority)
                .map(Map.Entry::getKey)
                .toList();
        return keys.isEmpty() ? null : keys;
    }
}
