package dev.tierway.application.json;

import org.jspecify.annotations.Nullable;

/** JSON text as maps, lists, strings, {@link java.math.BigDecimal}s and booleans, and back. */
public final class Json {
    private Json() {}

    /**
     * @return null for {@code null}
     * @throws IllegalArgumentException saying where, if it isn't one JSON value
     */
    public static @Nullable Object read(String text) {
        return new JsonReader(text).whole();
    }

    /**
     * The one text of a value: members by name, numbers without what doesn't count, no space. Two texts that mean the same become
     * the same. Records are objects of their components, with the record's name as member {@code @}; enums their names.
     *
     * @throws IllegalArgumentException for a value that has no JSON
     */
    public static String canonical(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        new CanonicalWriter(out).write(value);
        return out.toString();
    }
}
