package dev.tierway.application.explain;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps a document as maps, lists and values. */
final class JsonTree extends JsonWriter {
    private final Deque<Object> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private @Nullable Object whole;

    /** The whole document, once it is written. */
    Map<String, @Nullable Object> document() {
        return asObject(whole);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asObject(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalStateException("no object was begun");
    }

    @SuppressWarnings("unchecked")
    private void add(@Nullable Object value) {
        switch (open.peek()) {
            case null -> whole = value;
            case Map<?, ?> object -> ((Map<String, @Nullable Object>) object).put(names.pop(), value);
            case Object array -> ((List<@Nullable Object>) array).add(value);
        }
    }

    @Override
    JsonWriter name(Word name) {
        return name(name.text);
    }

    @Override
    JsonWriter name(String name) {
        names.push(name);
        return this;
    }

    @Override
    void beginObject() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        add(object);
        open.push(object);
    }

    @Override
    void endObject() {
        open.pop();
    }

    @Override
    void beginArray() {
        List<@Nullable Object> array = new ArrayList<>();
        add(array);
        open.push(array);
    }

    @Override
    void endArray() {
        open.pop();
    }

    @Override
    void text(@Nullable String value) {
        add(value);
    }

    @Override
    void word(Word value) {
        add(value.text);
    }

    /** As small as it fits, like whoever reads JSON. */
    @Override
    void number(long value) {
        if (value == (int) value) {
            add((int) value);
        } else {
            add(value);
        }
    }

    @Override
    void flag(boolean value) {
        add(value);
    }

    @Override
    void unknown() {
        add(null);
    }

    @Override
    void fixed(long units, int places) {
        add(plain(BigDecimal.valueOf(units, places)));
    }

    @Override
    void exact(double value) {
        add(value);
    }

    @Override
    void large(double value) {
        add(plain(BigDecimal.valueOf(value)));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
