package dev.tierway.bootstrap.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map under construction, of values JSON has; what is null or empty is left out. */
final class Shown {
    private final Map<String, Object> map = new LinkedHashMap<>();

    Shown put(Key<?> key, @Nullable Object value) {
        return put(key.name(), value);
    }

    <T> Shown put(Key<?> key, List<T> values, Function<T, Object> shown) {
        return put(key.name(), values.stream().map(shown).toList());
    }

    Shown put(String name, @Nullable Object value) {
        if (value != null && !isEmpty(value)) {
            map.put(name, plain(value));
        }
        return this;
    }

    Shown putAll(Map<String, Object> values) {
        map.putAll(values);
        return this;
    }

    Map<String, Object> map() {
        return Collections.unmodifiableMap(map);
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Map<?, ?> inner && inner.isEmpty())
                || (value instanceof Collection<?> all && all.isEmpty());
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Duration duration -> text(duration);
            case Number number -> number;
            case Boolean flag -> flag;
            case Map<?, ?> inner -> inner;
            case List<?> all -> all;
            case Object other -> other.toString();
        };
    }

    /** As the file writes it. */
    static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /** Dollars per million tokens of a price in pico-dollars per token. */
    static BigDecimal usdPerMillion(long picoPerToken) {
        BigDecimal usd = BigDecimal.valueOf(picoPerToken, 6).stripTrailingZeros();
        return usd.scale() < 0 ? usd.setScale(0) : usd;
    }
}
