package dev.tierway.application.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says to a plugin of somebody's own, under {@code config}: texts, numbers and truth values as
 * text, lists and maps of them. Every key must be asked for: {@link #finish} refuses those that weren't.
 */
public final class PluginSettings {
    private final String id;
    private final Map<String, Object> values;
    private final Set<String> asked = new HashSet<>();

    public PluginSettings(String id, Map<String, ?> values) {
        this.id = id;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The id the plugin has in decisions. */
    public String id() {
        return id;
    }

    /** @throws IllegalArgumentException if it is there and isn't a single value */
    public @Nullable String text(String key) {
        asked.add(key);
        Object value = values.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException("'" + key + "' must be a single value");
    }

    /** @throws IllegalArgumentException if it is there and isn't a whole number */
    public long number(String key, long otherwise) {
        String value = text(key);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + key + "' must be a whole number", e);
        }
    }

    /** @throws IllegalArgumentException if it is there and isn't true or false */
    public boolean flag(String key, boolean otherwise) {
        String value = text(key);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("'" + key + "' must be true or false");
        }
        return value == null ? otherwise : value.equals("true");
    }

    /** Empty if it isn't there. A single value is a list of one. */
    public List<String> list(String key) {
        asked.add(key);
        List<String> texts = new ArrayList<>();
        switch (values.get(key)) {
            case null -> {}
            case String one -> texts.add(one);
            case List<?> many -> many.forEach(one -> texts.add(String.valueOf(one)));
            default -> throw new IllegalArgumentException("'" + key + "' must be a list");
        }
        return List.copyOf(texts);
    }

    /** @throws IllegalArgumentException naming keys that nobody asked for */
    public void finish() {
        List<String> unknown =
                values.keySet().stream().filter(key -> !asked.contains(key)).toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown key '" + unknown.getFirst() + "'; known are "
                    + String.join(", ", asked.stream().sorted().toList()));
        }
    }
}
