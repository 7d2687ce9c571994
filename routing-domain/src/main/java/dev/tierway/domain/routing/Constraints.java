package dev.tierway.domain.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller, its key or a rule demands of a replica.
 *
 * @param exclude ids of replicas, models or providers that must not serve
 * @param only if not empty, ids of replicas, models or providers that may serve
 * @param allowed what the caller's key may use
 * @param maxCostUsd most the attempt may be expected to cost; null is no cap
 * @param bounded what must be known for its cost to be bounded
 */
public record Constraints(
        Local local,
        List<String> exclude,
        List<String> only,
        List<String> tags,
        @Nullable String region,
        Allowed allowed,
        @Nullable Double maxCostUsd,
        Bounded bounded) {
    public static final Constraints NONE = new Constraints(
            Local.ALLOWED, List.of(), List.of(), List.of(), null, Allowed.ALL, null, Bounded.NOT_NEEDED);

    /** What must be known of a replica because a limit on money is enforced, and nothing of its tier stands in for it. */
    public record Bounded(boolean price, boolean output) {
        public static final Bounded NOT_NEEDED = new Bounded(false, false);
    }

    /** Demands of a call whose money nobody limits. */
    public Constraints(
            Local local,
            List<String> exclude,
            List<String> only,
            List<String> tags,
            @Nullable String region,
            Allowed allowed,
            @Nullable Double maxCostUsd) {
        this(local, exclude, only, tags, region, allowed, maxCostUsd, Bounded.NOT_NEEDED);
    }

    /** What the caller says of local replicas. */
    public enum Local {
        ALLOWED,
        REQUIRED,
        DISABLED
    }

    public Constraints {
        exclude = List.copyOf(exclude);
        only = List.copyOf(only);
        tags = List.copyOf(tags);
    }
}
