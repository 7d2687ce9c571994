package dev.tierway.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** What a value of the configuration looks like: read from nodes, described by the JSON Schema and the reference. */
sealed interface Shape<T> permits ByName, JsonShape, ScalarShape, ListShape, MapShape, OneOrMany, Section, ShortForm {
    /** The value; null after what is wrong with it was added to the problems. */
    @Nullable
    T read(Node node, Problems problems);

    /** For people: "a whole number". */
    String phrase();

    /** Says that a node is something else altogether. */
    default void wrongKind(Node node, Problems problems) {
        if (node instanceof Node.Scalar scalar && scalar.written() == Node.Written.UNRESOLVED) {
            return;
        }
        if (node instanceof Node.Scalar scalar && scalar.written() == Node.Written.NOTHING) {
            problems.error(node, "has no value", "give it " + phrase() + ", or remove the key");
            return;
        }
        problems.error(node, "must be " + phrase() + ", not " + node.kind(), null);
    }
}
