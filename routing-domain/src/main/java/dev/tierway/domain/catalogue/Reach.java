package dev.tierway.domain.catalogue;

/**
 * Where a provider is, and as whom it is called. Only ever compared: neither is known here, and none is shown.
 *
 * @param place e.g. its base URL
 * @param account e.g. its credential
 */
public record Reach(Object place, Object account) {
    public static final Reach SAME = new Reach("", "");

    @Override
    public String toString() {
        return "Reach";
    }
}
