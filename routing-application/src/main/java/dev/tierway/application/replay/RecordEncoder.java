package dev.tierway.application.replay;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes plain values of records. */
final class RecordEncoder {
    private final Map<List<@Nullable Object>, Integer> places = new LinkedHashMap<>();

    /** Every shared record once. */
    List<List<@Nullable Object>> values() {
        return List.copyOf(places.keySet());
    }

    @Nullable
    Object encode(@Nullable Object value, Type type) {
        if (value == null) {
            return null;
        }
        Class<?> raw = Shapes.raw(type);
        Class<?> form = Surrogates.form(raw);
        if (form != null) {
            return encode(Surrogates.write(value), form);
        }
        return switch (value) {
            // Numbers of JSON are finite.
            case Double number -> Double.isFinite(number) ? number : number.toString();
            case Enum<?> one -> one.name();
            case Collection<?> some -> {
                Type element = Shapes.argument(type, 0);
                List<@Nullable Object> list = new ArrayList<>(some.size());
                some.forEach(one -> list.add(encode(one, element)));
                yield list;
            }
            case Map<?, ?> map -> {
                ParameterizedType pair = (ParameterizedType) type;
                List<@Nullable Object> list = new ArrayList<>(2 * map.size());
                map.forEach((key, one) -> {
                    list.add(encode(key, pair.getActualTypeArguments()[0]));
                    list.add(encode(one, pair.getActualTypeArguments()[1]));
                });
                yield list;
            }
            case Record one -> raw.isSealed() ? named(one) : record(one);
            default -> value;
        };
    }

    /** Of a sealed hierarchy: which of its records it is, and its components. */
    private List<@Nullable Object> named(Record value) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(value.getClass().getSimpleName());
        list.addAll(components(value));
        return list;
    }

    private Object record(Record value) {
        List<@Nullable Object> list = components(value);
        if (list.size() < RecordCodec.LEAST_SHARED) {
            return list;
        }
        Integer known = places.get(list);
        if (known == null) {
            known = places.size();
            places.put(list, known);
        }
        return known;
    }

    private List<@Nullable Object> components(Record value) {
        RecordComponent[] components = Shapes.components(value.getClass());
        List<@Nullable Object> list = new ArrayList<>(components.length);
        for (RecordComponent component : components) {
            try {
                list.add(encode(component.getAccessor().invoke(value), component.getGenericType()));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("can't read " + component + " of " + value.getClass(), e);
            }
        }
        return list;
    }
}
