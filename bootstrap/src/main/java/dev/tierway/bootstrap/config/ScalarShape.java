package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.Node.Written;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param accepts how it may be written; text that a placeholder stood for is accepted always
 * @param schema the JSON Schema of what is accepted, placeholders aside
 * @param parse throws {@link IllegalArgumentException} with a message for people
 * @param secret whether the value may never be shown; {@code parse} must not repeat it either
 */
record ScalarShape<T>(
        String phrase, Set<Written> accepts, Map<String, Object> schema, Function<String, T> parse, boolean secret)
        implements Shape<T> {
    ScalarShape(String phrase, Set<Written> accepts, Map<String, Object> schema, Function<String, T> parse) {
        this(phrase, accepts, schema, parse, false);
    }

    @Override
    public @Nullable T read(Node node, Problems problems) {
        if (!(node instanceof Node.Scalar scalar)
                || scalar.written() == Written.NOTHING
                || scalar.written() == Written.UNRESOLVED) {
            wrongKind(node, problems);
            return null;
        }
        if (!scalar.substituted() && !accepts.contains(scalar.written())) {
            problems.error(node, "must be " + phrase + ", not " + node.kind(), quotes(scalar));
            return null;
        }
        if (secret) {
            problems.sawSecret(scalar);
        }
        try {
            return parse.apply(scalar.text());
        } catch (IllegalArgumentException e) {
            // What a placeholder stands for may be a secret that was put under the wrong key.
            boolean mayShow = secret || !scalar.substituted();
            problems.error(
                    node,
                    mayShow
                            ? String.valueOf(e.getMessage())
                            : "what '" + scalar.raw() + "' stands for is not " + phrase,
                    mayShow && e instanceof Unfit unfit ? unfit.suggestion() : null);
            return null;
        }
    }

    private @Nullable String quotes(Node.Scalar scalar) {
        if (scalar.written() != Written.TEXT) {
            return accepts.contains(Written.TEXT) ? "put it in quotes" : null;
        }
        return fits(scalar.text()) ? "remove the quotes" : null;
    }

    private boolean fits(String text) {
        try {
            return parse.apply(text) != null;
        } catch (IllegalArgumentException notEvenThen) {
            return false;
        }
    }
}
