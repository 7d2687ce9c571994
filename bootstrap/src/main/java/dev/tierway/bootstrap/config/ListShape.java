package dev.tierway.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values of one shape; items that can't be read are left out, after their problems were added. */
record ListShape<T>(Shape<T> item, String phrase, int fewest) implements Shape<List<T>> {
    @Override
    public @Nullable List<T> read(Node node, Problems problems) {
        if (!(node instanceof Node.Sequence sequence)) {
            wrongKind(node, problems);
            return null;
        }
        if (sequence.items().size() < fewest) {
            problems.error(node, "must not be empty", null);
            return null;
        }
        List<T> values = new ArrayList<>();
        for (Node child : sequence.items()) {
            T value = item.read(child, problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}
