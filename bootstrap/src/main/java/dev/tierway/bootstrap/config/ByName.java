package dev.tierway.bootstrap.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys of which one, a name, says what the others are.
 *
 * @param key the name's
 * @param known by name
 * @param other for names nobody knows
 */
record ByName<T>(String key, Map<String, Section<T>> known, Section<T> other) implements Shape<T> {
    @Override
    public String phrase() {
        return "a set of keys with a " + key;
    }

    @Override
    public @Nullable T read(Node node, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongKind(node, problems);
            return null;
        }
        Node.Scalar name = mapping.text(key);
        return known.getOrDefault(name == null ? "" : name.text(), other).read(mapping, problems);
    }
}
