package dev.tierway.application.replay;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What records are made of. */
final class Shapes {
    private static final Map<Class<?>, RecordComponent[]> COMPONENTS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, String> VERSIONS = new ConcurrentHashMap<>();

    private Shapes() {}

    static RecordComponent[] components(Class<?> type) {
        return COMPONENTS.computeIfAbsent(type, Class::getRecordComponents);
    }

    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> raw(generic.getRawType());
            default -> throw new IllegalStateException("no form for " + type);
        };
    }

    static Type argument(Type type, int i) {
        return ((ParameterizedType) type).getActualTypeArguments()[i];
    }

    /** @throws IllegalArgumentException if the sealed type permits no record of that name */
    static Class<?> named(Class<?> sealed, String name) {
        for (Class<?> one : records(sealed)) {
            if (one.getSimpleName().equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("the record is damaged: no " + sealed.getSimpleName() + " " + name);
    }

    private static Set<Class<?>> records(Class<?> sealed) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                all.addAll(records(permitted));
            } else {
                all.add(permitted);
            }
        }
        return all;
    }

    /** A fingerprint of all that can be met from there: another form of any record is another version. */
    static String version(Class<?> root) {
        return VERSIONS.computeIfAbsent(root, Shapes::fingerprint);
    }

    private static String fingerprint(Class<?> root) {
        Set<Class<?>> seen = new LinkedHashSet<>();
        Deque<Type> open = new ArrayDeque<>();
        open.add(root);
        long hash = 1125899906842597L;
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (type instanceof ParameterizedType generic) {
                for (Type argument : generic.getActualTypeArguments()) {
                    open.add(argument);
                }
            }
            Class<?> raw = raw(type);
            Class<?> form = Surrogates.form(raw);
            Class<?> met = form == null ? raw : form;
            if (!seen.add(met)) {
                continue;
            }
            hash = 31 * hash + met.getName().hashCode();
            if (met.isSealed()) {
                open.addAll(records(met));
            } else if (met.isRecord()) {
                for (RecordComponent component : components(met)) {
                    hash = 31 * hash + component.toString().hashCode();
                    open.add(component.getGenericType());
                }
            } else if (met.isEnum()) {
                for (Object constant : met.getEnumConstants()) {
                    hash = 31 * hash + constant.toString().hashCode();
                }
            }
        }
        return Long.toHexString(hash);
    }
}
