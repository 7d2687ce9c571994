package dev.tierway.domain.catalogue;

/** The account, project or region whose limits several replicas share. */
public record QuotaDomainId(String value) implements Comparable<QuotaDomainId> {
    /** @throws IllegalArgumentException if the text can't be an id */
    public QuotaDomainId {
        Ids.requireName("quota domain", value);
    }

    @Override
    public int compareTo(QuotaDomainId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
