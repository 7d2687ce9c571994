package dev.tierway.domain.catalogue;

import java.util.Locale;

/** How eligible candidates are ranked. Strategies rank; they never replace the filter. */
public enum Strategy {
    ADAPTIVE,
    PRIORITY,
    ROUND_ROBIN,
    WEIGHTED,
    LEAST_REQUESTS,
    LATENCY,
    COST,
    SINGLE;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String id() {
        return id;
    }

    /** @throws IllegalArgumentException naming the known strategies, if there is no such one */
    public static Strategy parse(String text) {
        for (Strategy strategy : values()) {
            if (strategy.id.equals(text)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("unknown strategy '" + text
                + "'; strategies are adaptive, priority, round-robin, weighted, least-requests, latency, cost, single");
    }
}
