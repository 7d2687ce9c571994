package dev.tierway.bootstrap.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A section that may be written as one value instead. */
record ShortForm<S, T>(ScalarShape<S> scalar, Function<S, T> widen, Section<T> section) implements Shape<T> {
    @Override
    public String phrase() {
        return scalar.phrase() + " or a set of keys";
    }

    @Override
    public @Nullable T read(Node node, Problems problems) {
        return switch (node) {
            case Node.Mapping mapping -> section.read(mapping, problems);
            case Node.Scalar text
            when text.written() == Node.Written.TEXT || scalar.accepts().contains(text.written()) -> {
                S value = scalar.read(text, problems);
                yield value == null ? null : widen.apply(value);
            }
            case Node.Scalar other -> {
                wrongKind(other, problems);
                yield null;
            }
            case Node.Sequence sequence -> {
                wrongKind(sequence, problems);
                yield null;
            }
        };
    }
}
