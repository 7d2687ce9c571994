package dev.tierway.domain.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The name of a way to rank eligible candidates. Strategies rank; they never replace the filter. Beside the built-in
 * ones an embedding program may bring its own.
 *
 * @param id the name in configuration, calls and decisions
 */
public record Strategy(String id) {
    public static final Strategy ADAPTIVE = new Strategy("adaptive");
    public static final Strategy PRIORITY = new Strategy("priority");
    public static final Strategy ROUND_ROBIN = new Strategy("round-robin");
    public static final Strategy WEIGHTED = new Strategy("weighted");
    public static final Strategy LEAST_REQUESTS = new Strategy("least-requests");
    public static final Strategy LATENCY = new Strategy("latency");
    public static final Strategy COST = new Strategy("cost");
    public static final Strategy SINGLE = new Strategy("single");

    /** Those that every installation knows. */
    public static final List<Strategy> BUILT_IN =
            List.of(ADAPTIVE, PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_REQUESTS, LATENCY, COST, SINGLE);

    /** What other routers call the same thing. */
    private static final Map<String, Strategy> SYNONYMS = Map.ofEntries(
            Map.entry("roundrobin", ROUND_ROBIN),
            Map.entry("weighted-random", WEIGHTED),
            Map.entry("simple-shuffle", WEIGHTED),
            Map.entry("least-connections", LEAST_REQUESTS),
            Map.entry("least-busy", LEAST_REQUESTS),
            Map.entry("lowest-latency", LATENCY),
            Map.entry("latency-based", LATENCY),
            Map.entry("latency-based-routing", LATENCY),
            Map.entry("cheapest", COST),
            Map.entry("lowest-cost", COST),
            Map.entry("cost-optimized", COST),
            Map.entry("cost-based-routing", COST),
            Map.entry("failover", PRIORITY),
            Map.entry("fallback", PRIORITY),
            Map.entry("ordered", PRIORITY));

    /** @throws IllegalArgumentException if the text can't be a name */
    public Strategy {
        Ids.requireName("strategy", id);
    }

    /**
     * The strategy a text names: a built-in one, also by a synonym or with {@code _} for {@code -}, else one that a program
     * brings, whether there is such a one or not.
     *
     * @throws IllegalArgumentException if the text can't be a name
     */
    public static Strategy named(String text) {
        String dashed = text.replace('_', '-');
        Strategy synonym = SYNONYMS.get(dashed);
        if (synonym != null) {
            return synonym;
        }
        for (Strategy strategy : BUILT_IN) {
            if (strategy.id.equals(dashed)) {
                return strategy;
            }
        }
        return new Strategy(text);
    }

    /** Every synonym with what it stands for, in the order of the alphabet. */
    public static Map<String, Strategy> synonyms() {
        return new TreeMap<>(SYNONYMS);
    }

    /** @throws IllegalArgumentException naming the built-in strategies, if it is none of them */
    public static Strategy parse(String text) {
        for (Strategy strategy : BUILT_IN) {
            if (strategy.id.equals(text)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("unknown strategy '" + text + "'; strategies are "
                + BUILT_IN.stream().map(Strategy::id).collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return id;
    }
}
