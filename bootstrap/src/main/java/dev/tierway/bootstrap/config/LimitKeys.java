package dev.tierway.bootstrap.config;

import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The keys of limits: {@code requests-per-minute} and its like, and {@code concurrency}. */
final class LimitKeys {
    private static final long MOST = 1_000_000_000_000_000L;
    private static final Map<String, Duration> WINDOWS = windows();
    private static final List<Dimension> RATES =
            List.of(Dimension.REQUESTS, Dimension.TOKENS, Dimension.INPUT_TOKENS, Dimension.OUTPUT_TOKENS);

    private static final Map<Key<Long>, Function<Long, Limit>> LIMITS = limits();

    static final List<Key<?>> ALL = List.copyOf(LIMITS.keySet());

    private LimitKeys() {}

    /** @throws Unfit if there is no limit at all */
    static List<Limit> read(Values values) {
        List<Limit> limits = new ArrayList<>();
        LIMITS.forEach((key, limit) -> {
            Long amount = values.get(key);
            if (amount != null) {
                limits.add(limit.apply(amount));
            }
        });
        if (limits.isEmpty() && ALL.stream().noneMatch(values::has)) {
            throw new Unfit("has no limit", "add at least one, e.g. requests-per-minute: 500");
        }
        return limits;
    }

    /** The key a limit is written with. */
    static String nameOf(Limit limit) {
        if (limit.dimension() == Dimension.CONCURRENCY) {
            return limit.dimension().id();
        }
        for (Map.Entry<String, Duration> window : WINDOWS.entrySet()) {
            if (window.getValue().equals(limit.window())) {
                return limit.dimension().id() + "-per-" + window.getKey();
            }
        }
        throw new IllegalArgumentException("no key for a limit over " + limit.window());
    }

    private static Map<String, Duration> windows() {
        Map<String, Duration> windows = new LinkedHashMap<>();
        windows.put("minute", Duration.ofMinutes(1));
        windows.put("hour", Duration.ofHours(1));
        windows.put("day", Duration.ofDays(1));
        return windows;
    }

    private static Map<Key<Long>, Function<Long, Limit>> limits() {
        Map<Key<Long>, Function<Long, Limit>> limits = new LinkedHashMap<>();
        for (Dimension dimension : RATES) {
            WINDOWS.forEach((word, window) -> limits.put(
                    Key.optional(
                                    dimension.id() + "-per-" + word,
                                    Quantities.count(1, MOST),
                                    "Most " + counted(dimension) + " per " + word + ".")
                            .absentMeans("unlimited"),
                    amount -> Limit.per(dimension, amount, window)));
        }
        limits.put(
                Key.optional("concurrency", Quantities.count(1, MOST), "Most calls in flight.")
                        .absentMeans("unlimited"),
                Limit::concurrency);
        return limits;
    }

    private static String counted(Dimension dimension) {
        return switch (dimension) {
            case TOKENS -> "tokens, input and output together,";
            case REQUESTS, INPUT_TOKENS, OUTPUT_TOKENS, CONCURRENCY, MONEY ->
                dimension.id().replace('-', ' ');
        };
    }
}
