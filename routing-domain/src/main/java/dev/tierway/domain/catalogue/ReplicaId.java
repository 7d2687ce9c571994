package dev.tierway.domain.catalogue;

/** One provider serving one logical model: the where. */
public record ReplicaId(String value) implements Comparable<ReplicaId> {
    /** @throws IllegalArgumentException if the text can't be an id */
    public ReplicaId {
        Ids.requirePath("replica", value);
    }

    @Override
    public int compareTo(ReplicaId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
