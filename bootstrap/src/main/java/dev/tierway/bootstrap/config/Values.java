package dev.tierway.bootstrap.config;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** What one section's keys came to. */
final class Values {
    private final Node.Mapping section;
    private final Problems problems;
    private final IdentityHashMap<Key<?>, Object> read = new IdentityHashMap<>();

    Values(Node.Mapping section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    <T> void put(Key<T> key, @Nullable T value) {
        if (value != null) {
            read.put(key, value);
        }
    }

    /** The value or the default; null if there is neither. */
    // Only put() fills the map, and it ties the value's type to the key's.
    @SuppressWarnings("unchecked")
    <T> @Nullable T get(Key<T> key) {
        T value = (T) read.get(key);
        return value == null ? key.defaultValue() : value;
    }

    <T> T get(Key<T> key, T otherwise) {
        T value = get(key);
        return value == null ? otherwise : value;
    }

    /** The value of a key that is required or has a default. */
    <T> T value(Key<T> key) {
        T value = get(key);
        if (value == null) {
            throw new IllegalStateException("key '" + key.name() + "' is neither required nor has a default");
        }
        return value;
    }

    /** Whether the file has the key, readable or not. */
    boolean has(Key<?> key) {
        return section.values().containsKey(key.name());
    }

    /** Reports at the key, or at the section if the key is absent. */
    void error(Key<?> key, String message, @Nullable String suggestion) {
        problems.error(place(key), message, suggestion);
    }

    void warn(Key<?> key, String message, @Nullable String suggestion) {
        problems.warn(place(key), message, suggestion);
    }

    private Node place(Key<?> key) {
        return section.values().getOrDefault(key.name(), section);
    }
}
