package dev.tierway.application.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of what {@link Json#canonical} wrote of them. What is made is told by the declared types alone. A component that
 * didn't exist when it was written is null, zero, false or empty; one that exists no more is left out.
 */
public final class RecordReader {
    private RecordReader() {}

    /** @throws IllegalArgumentException if that isn't what the text holds */
    public static <T extends Record> T read(String text, Class<T> type) {
        try {
            Object made = value(Json.read(text), type);
            if (made == null) {
                throw new IllegalArgumentException("there is no " + type.getSimpleName());
            }
            return type.cast(made);
        } catch (ClassCastException | ArithmeticException damaged) {
            throw new IllegalArgumentException("what was kept is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static @Nullable Object value(@Nullable Object json, Type type) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (raw == List.class) {
            List<@Nullable Object> list = new ArrayList<>();
            if (json != null) {
                ((List<?>) json).forEach(one -> list.add(value(one, argument(type, 0))));
            }
            return list;
        }
        if (raw == Map.class) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            if (json != null) {
                ((Map<?, ?>) json).forEach((name, one) -> map.put(name, value(one, argument(type, 1))));
            }
            return map;
        }
        if (json == null) {
            return raw == boolean.class ? (Object) false : raw.isPrimitive() ? number(BigDecimal.ZERO, raw) : null;
        }
        if (raw.isSealed()) {
            Map<?, ?> object = (Map<?, ?>) json;
            return record(object, named(raw, String.valueOf(object.get("@"))));
        }
        if (raw.isRecord()) {
            return record((Map<?, ?>) json, raw);
        }
        if (raw.isEnum()) {
            return constant(raw, (String) json);
        }
        return json instanceof BigDecimal number ? number(number, raw) : json;
    }

    private static Type argument(Type type, int i) {
        return ((ParameterizedType) type).getActualTypeArguments()[i];
    }

    private static Object number(BigDecimal number, Class<?> type) {
        if (type == long.class || type == Long.class) {
            return number.longValueExact();
        }
        return type == int.class || type == Integer.class
                ? (Object) number.intValueExact()
                : (Object) number.doubleValue();
    }

    private static Object constant(Class<?> type, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no " + type.getSimpleName() + " " + name);
    }

    private static Class<?> named(Class<?> sealed, String name) {
        Set<Class<?>> open = new LinkedHashSet<>(List.of(sealed.getPermittedSubclasses()));
        for (Class<?> one : open) {
            if (one.getSimpleName().equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("there is no " + sealed.getSimpleName() + " " + name);
    }

    private static Object record(Map<?, ?> members, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] parts = new @Nullable Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts[i] = value(members.get(components[i].getName()), components[i].getGenericType());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(parts);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException("what was kept is damaged: " + refused.getCause(), refused);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't make a " + type, e);
        }
    }
}
