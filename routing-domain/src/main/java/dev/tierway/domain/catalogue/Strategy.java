package dev.tierway.domain.catalogue;

import java.util.List;
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

    /** @throws IllegalArgumentException if the text can't be a name */
    public Strategy {
        Ids.requireName("strategy", id);
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
