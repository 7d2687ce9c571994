package dev.tierway.application.explain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a document from its beginning to its end. One description of a document serves all who want it: as values, or as
 * text. In an object every value follows its name.
 */
abstract sealed class JsonWriter permits JsonTree, JsonText {
    abstract JsonWriter name(Word name);

    abstract JsonWriter name(String name);

    abstract void beginObject();

    abstract void endObject();

    abstract void beginArray();

    abstract void endArray();

    abstract void text(@Nullable String value);

    abstract void word(Word value);

    abstract void number(long value);

    abstract void flag(boolean value);

    abstract void unknown();

    /** That many units of ten to the minus {@code places}. */
    abstract void fixed(long units, int places);

    /** Too large to be counted in units. */
    abstract void large(double value);

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    private static final double MOST_UNITS = 1e15;

    /** A number to its last bit. */
    abstract void exact(double value);

    /** Maps, lists, texts, numbers and booleans. */
    final void value(@Nullable Object value) {
        switch (value) {
            case null -> unknown();
            case Map<?, ?> object -> {
                beginObject();
                object.forEach((name, one) -> name(String.valueOf(name)).value(one));
                endObject();
            }
            case List<?> array -> {
                beginArray();
                array.forEach(this::value);
                endArray();
            }
            case String text -> text(text);
            case Boolean flag -> flag(flag);
            case Double number -> exact(number);
            case Number number -> number(number.longValue());
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        }
    }

    /** Rounded, as a decimal without exponent: people read these. Infinity is unknown. */
    final void decimal(double value, int places) {
        double units = Math.rint(value * POWERS[places]);
        if (Math.abs(units) < MOST_UNITS) {
            fixed((long) units, places);
        } else if (Double.isFinite(value)) {
            large(value);
        } else {
            unknown();
        }
    }

    final void decimal(@Nullable Double value, int places) {
        if (value == null) {
            unknown();
        } else {
            decimal(value.doubleValue(), places);
        }
    }

    final void number(@Nullable Integer value) {
        if (value == null) {
            unknown();
        } else {
            number(value.longValue());
        }
    }

    final void number(@Nullable Long value) {
        if (value == null) {
            unknown();
        } else {
            number(value.longValue());
        }
    }
}
