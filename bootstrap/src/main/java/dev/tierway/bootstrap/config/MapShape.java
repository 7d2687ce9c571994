package dev.tierway.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one shape under names the operator chooses. */
record MapShape<K, V>(ScalarShape<K> name, Shape<V> value, String phrase) implements Shape<Map<K, V>> {
    @Override
    public @Nullable Map<K, V> read(Node node, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongKind(node, problems);
            return null;
        }
        Map<K, V> values = new LinkedHashMap<>();
        mapping.values().forEach((key, child) -> {
            Location at = mapping.keys().getOrDefault(key, mapping.at());
            K name = name(key, at, child.path(), problems);
            V read = value.read(child, problems);
            if (name != null && read != null) {
                values.put(name, read);
            }
        });
        return values;
    }

    private @Nullable K name(String key, Location at, String path, Problems problems) {
        try {
            return name.parse().apply(key);
        } catch (IllegalArgumentException e) {
            problems.error(
                    at, path, String.valueOf(e.getMessage()), e instanceof Unfit unfit ? unfit.suggestion() : null);
            return null;
        }
    }
}
