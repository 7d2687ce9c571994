package dev.tierway.domain.catalogue;

import java.util.Locale;

/** Class of answer a model gives, cheapest first. A property of a model, never of a provider. */
public enum ModelTier {
    MICRO,
    SMALL,
    MID,
    FRONTIER;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name used in addresses, configuration and JSON. */
    public String id() {
        return id;
    }

    /**
     * Reads a tier's name.
     *
     * @throws IllegalArgumentException naming the known tiers, if there is no such tier
     */
    public static ModelTier parse(String text) {
        for (ModelTier tier : values()) {
            if (tier.id.equals(text)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("unknown tier '" + text + "'; tiers are micro, small, mid, frontier");
    }
}
