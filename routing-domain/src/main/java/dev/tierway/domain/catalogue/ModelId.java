package dev.tierway.domain.catalogue;

/** A logical model: the what. */
public record ModelId(String value) implements Comparable<ModelId> {
    /** @throws IllegalArgumentException if the text can't be an id */
    public ModelId {
        Ids.requirePath("model", value);
    }

    @Override
    public int compareTo(ModelId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
