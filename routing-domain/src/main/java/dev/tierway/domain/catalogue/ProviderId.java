package dev.tierway.domain.catalogue;

/** An account at a vendor, or a local server. */
public record ProviderId(String value) implements Comparable<ProviderId> {
    /** @throws IllegalArgumentException if the text can't be an id */
    public ProviderId {
        Ids.requireName("provider", value);
    }

    @Override
    public int compareTo(ProviderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
