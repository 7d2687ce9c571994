package dev.tierway.application.replay;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.RankingStrategy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes records of plain values. What is made is told by the declared types alone, never by the values. */
final class RecordDecoder {
    private final List<?> values;
    private final Function<Strategy, RankingStrategy> strategies;
    private final Map<Shared, Object> made = new LinkedHashMap<>();

    private record Shared(int place, Class<?> type) {}

    RecordDecoder(List<?> values, Function<Strategy, RankingStrategy> strategies) {
        this.values = values;
        this.strategies = strategies;
    }

    @Nullable
    Object decode(@Nullable Object value, Type type) {
        Class<?> raw = Shapes.raw(type);
        Class<?> form = Surrogates.form(raw);
        if (form == Void.class) {
            return Surrogates.read(null, raw, strategies);
        }
        if (value == null) {
            return null;
        }
        if (form != null) {
            return Surrogates.read(decode(value, form), raw, strategies);
        }
        if (raw == List.class) {
            return list(value, Shapes.argument(type, 0));
        }
        if (raw == Set.class) {
            return new LinkedHashSet<>(list(value, Shapes.argument(type, 0)));
        }
        if (raw == Map.class) {
            return map(value, Shapes.argument(type, 0), Shapes.argument(type, 1));
        }
        if (raw.isEnum()) {
            return constant(raw, (String) value);
        }
        if (raw.isSealed()) {
            List<?> list = (List<?>) value;
            return create(Shapes.named(raw, (String) list.getFirst()), list.subList(1, list.size()));
        }
        return raw.isRecord() ? record(value, raw) : plain(value, raw);
    }

    private List<@Nullable Object> list(Object value, Type element) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object one : (List<?>) value) {
            list.add(decode(one, element));
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> map(Object value, Type key, Type of) {
        List<?> list = (List<?>) value;
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i + 1 < list.size(); i += 2) {
            map.put(decode(list.get(i), key), decode(list.get(i + 1), of));
        }
        return map;
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("the record is damaged: no " + type.getSimpleName() + " " + name);
    }

    private Object record(Object value, Class<?> type) {
        if (value instanceof List<?> list) {
            return create(type, list);
        }
        int place = ((Number) value).intValue();
        Shared shared = new Shared(place, type);
        Object known = made.get(shared);
        if (known == null) {
            known = create(type, (List<?>) values.get(place));
            made.put(shared, known);
        }
        return known;
    }

    private Object create(Class<?> type, List<?> written) {
        RecordComponent[] components = Shapes.components(type);
        if (written.size() != components.length) {
            throw new IllegalArgumentException("the record is damaged: " + type.getSimpleName() + " has "
                    + components.length + " parts, not " + written.size());
        }
        @Nullable Object[] parts = new @Nullable Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts[i] = decode(written.get(i), components[i].getGenericType());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(parts);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException("the record is damaged: " + refused.getCause(), refused);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't make a " + type, e);
        }
    }

    private static Object plain(Object value, Class<?> type) {
        if (type == long.class || type == Long.class) {
            return ((Number) value).longValue();
        }
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact(((Number) value).longValue());
        }
        if (type == double.class || type == Double.class) {
            return value instanceof String text ? Double.valueOf(text) : Double.valueOf(((Number) value).doubleValue());
        }
        return type == boolean.class ? (Boolean) value : type.cast(value);
    }
}
