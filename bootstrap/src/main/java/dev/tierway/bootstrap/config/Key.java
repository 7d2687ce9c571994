package dev.tierway.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of a section: the single declaration from which parser, JSON Schema and reference page are made. Compared by
 * identity.
 */
final class Key<T> {
    private final String name;
    private final Shape<T> shape;
    private final boolean required;
    private final @Nullable String standing;
    private final @Nullable String shownDefault;
    private final String meaning;
    private final boolean fromCatalogue;

    private Key(
            String name,
            Shape<T> shape,
            boolean required,
            @Nullable String standing,
            @Nullable String shownDefault,
            String meaning,
            boolean fromCatalogue) {
        this.name = name;
        this.shape = shape;
        this.required = required;
        this.standing = standing;
        this.shownDefault = shownDefault;
        this.meaning = meaning;
        this.fromCatalogue = fromCatalogue;
    }

    static <T> Key<T> required(String name, Shape<T> shape, String meaning) {
        return new Key<>(name, shape, true, null, null, meaning, false);
    }

    static <T> Key<T> optional(String name, Shape<T> shape, String meaning) {
        return new Key<>(name, shape, false, null, null, meaning, false);
    }

    /** The value in force when the key is absent, as it would be written. */
    Key<T> or(String text) {
        return new Key<>(name, shape, false, text, text, meaning, false);
    }

    /** For the reference only: what absence means. */
    Key<T> absentMeans(String words) {
        return new Key<>(name, shape, required, standing, words, meaning, fromCatalogue);
    }

    /** Required, but {@code models: catalogue} may give it: only once that is written out can it be missed. */
    Key<T> orFromCatalogue() {
        return new Key<>(name, shape, required, standing, shownDefault, meaning, true);
    }

    String name() {
        return name;
    }

    Shape<T> shape() {
        return shape;
    }

    boolean required() {
        return required;
    }

    /** Whether a file without it can be whole. */
    boolean mayBeLeftOut() {
        return !required || fromCatalogue;
    }

    /** The default as written; null if there is none. */
    @Nullable
    String standing() {
        return standing;
    }

    @Nullable
    String shownDefault() {
        return shownDefault;
    }

    String meaning() {
        return meaning;
    }

    /** The default's value; null if there is none. */
    @Nullable
    T defaultValue() {
        return standing != null && shape instanceof ScalarShape<T> scalar
                ? scalar.parse().apply(standing)
                : null;
    }
}
