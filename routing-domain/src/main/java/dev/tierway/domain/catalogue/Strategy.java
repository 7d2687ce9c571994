package dev.tierway.domain.catalogue;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
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
    private static final SortedMap<String, Strategy> SYNONYMS = synonyms(
            List.of("roundrobin"),
            List.of("weighted-random", "simple-shuffle"),
            List.of("least-connections", "least-busy"),
            List.of("lowest-latency", "latency-based", "latency-based-routing"),
            List.of("cheapest", "lowest-cost", "cost-optimized", "cost-based-routing"),
            List.of("failover", "fallback", "ordered"));

    private static SortedMap<String, Strategy> synonyms(
            List<String> roundRobin,
            List<String> weighted,
            List<String> leastRequests,
            List<String> latency,
            List<String> cost,
            List<String> priority) {
        SortedMap<String, Strategy> all = new TreeMap<>();
        roundRobin.forEach(name -> all.put(name, ROUND_ROBIN));
        weighted.forEach(name -> all.put(name, WEIGHTED));
        leastRequests.forEach(name -> all.put(name, LEAST_REQUESTS));
        latency.forEach(name -> all.put(name, LATENCY));
        cost.forEach(name -> all.put(name, COST));
        priority.forEach(name -> all.put(name, PRIORITY));
        return Collections.unmodifiableSortedMap(all);
    }

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
    public static SortedMap<String, Strategy> synonyms() {
        return SYNONYMS;
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
