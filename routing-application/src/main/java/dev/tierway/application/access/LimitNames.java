package dev.tierway.application.access;

import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** The names limits are written with: {@code requests-per-minute} and its like, and {@code concurrency}. */
public final class LimitNames {
    private static final List<Dimension> RATES =
            List.of(Dimension.REQUESTS, Dimension.TOKENS, Dimension.INPUT_TOKENS, Dimension.OUTPUT_TOKENS);
    private static final Map<String, Duration> WINDOWS = windows();
    private static final Map<String, LongFunction<Limit>> ALL = all();

    /** All quota stores count that exactly. */
    private static final long MOST = 1_000_000_000_000_000L;

    private LimitNames() {}

    private static Map<String, Duration> windows() {
        Map<String, Duration> windows = new LinkedHashMap<>();
        windows.put("minute", Duration.ofMinutes(1));
        windows.put("hour", Duration.ofHours(1));
        windows.put("day", Duration.ofDays(1));
        return windows;
    }

    private static Map<String, LongFunction<Limit>> all() {
        Map<String, LongFunction<Limit>> all = new LinkedHashMap<>();
        for (Dimension dimension : RATES) {
            WINDOWS.forEach((word, window) ->
                    all.put(dimension.id() + "-per-" + word, amount -> Limit.per(dimension, amount, window)));
        }
        all.put(Dimension.CONCURRENCY.id(), Limit::concurrency);
        return Collections.unmodifiableMap(all);
    }

    /** All of them, in the order of the reference. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** @throws IllegalArgumentException if there is no such limit, or the amount can't be counted */
    public static Limit limit(String name, long amount) {
        LongFunction<Limit> known = ALL.get(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    "unknown limit '" + name + "': limits are " + String.join(", ", names()));
        }
        if (amount < 1 || amount > MOST) {
            throw new IllegalArgumentException("must be 1 to " + MOST + ", not " + amount);
        }
        return known.apply(amount);
    }

    /** @throws IllegalArgumentException if it has no name */
    public static String name(Limit limit) {
        for (Map.Entry<String, LongFunction<Limit>> known : ALL.entrySet()) {
            if (known.getValue().apply(limit.amount()).equals(limit)) {
                return known.getKey();
            }
        }
        throw new IllegalArgumentException(
                "no name for a limit of " + limit.dimension().id() + " over " + limit.window());
    }

    /** Each under its name. */
    public static Map<String, Long> of(List<Limit> limits) {
        Map<String, Long> named = new LinkedHashMap<>();
        limits.forEach(limit -> named.put(name(limit), limit.amount()));
        return named;
    }
}
