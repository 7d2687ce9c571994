package dev.tierway.application.chat;

import java.util.Arrays;

/** A text as a point in a model's space. Immutable. */
public final class Embedding {
    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException without numbers */
    public static Embedding of(float... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("an embedding has at least one number");
        }
        return new Embedding(values.clone());
    }

    /** How many numbers it has. */
    public int dimensions() {
        return values.length;
    }

    /** @throws ArrayIndexOutOfBoundsException for another index than 0 to {@code dimensions()} − 1 */
    public float value(int index) {
        return values[index];
    }

    /** A copy of its numbers. */
    public float[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
