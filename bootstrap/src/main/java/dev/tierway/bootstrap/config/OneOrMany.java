package dev.tierway.bootstrap.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of single values that may be written without brackets if it is only one. */
record OneOrMany<T>(ScalarShape<T> item) implements Shape<List<T>> {
    @Override
    public String phrase() {
        return item.phrase() + ", or a list of them";
    }

    @Override
    public @Nullable List<T> read(Node node, Problems problems) {
        return switch (node) {
            case Node.Sequence list -> new ListShape<>(item, phrase(), 1).read(list, problems);
            case Node.Scalar scalar -> {
                T value = item.read(scalar, problems);
                yield value == null ? null : List.of(value);
            }
            case Node.Mapping mapping -> {
                wrongKind(mapping, problems);
                yield null;
            }
        };
    }
}
