package dev.tierway.domain.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name clients send as {@code model}. A one-target route is an alias.
 *
 * @param name whole name, or a prefix followed by {@code *}
 * @param targets in order of preference under {@code priority}
 * @param weights one per target: its share of the traffic under {@code weighted}, spread over its replicas as theirs are;
 *     empty: every replica goes by its own
 * @param strategy null leaves the general one in force
 * @param latencyValueUsdPerSecond what a second of waiting for it is worth; null: as its tier's or the general
 */
public record Route(
        String name,
        List<Target> targets,
        List<Integer> weights,
        @Nullable Strategy strategy,
        Timeouts.Override timeouts,
        boolean spill,
        @Nullable Double latencyValueUsdPerSecond) {
    /** A route of no latency value of its own. */
    public Route(
            String name,
            List<Target> targets,
            List<Integer> weights,
            @Nullable Strategy strategy,
            Timeouts.Override timeouts,
            boolean spill) {
        this(name, targets, weights, strategy, timeouts, spill, null);
    }

    /** A route whose replicas go by their own weights. */
    public Route(
            String name, List<Target> targets, @Nullable Strategy strategy, Timeouts.Override timeouts, boolean spill) {
        this(name, targets, List.of(), strategy, timeouts, spill);
    }

    public Route {
        targets = List.copyOf(targets);
        weights = List.copyOf(weights);
        if (!weights.isEmpty()
                && (weights.size() != targets.size() || weights.stream().anyMatch(weight -> weight < 1))) {
            throw new IllegalArgumentException(
                    "route '" + name + "': every target needs a weight of 1 or more, or none");
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("route '" + name + "' has no target");
        }
        if (latencyValueUsdPerSecond != null && !(latencyValueUsdPerSecond >= 0)) {
            throw new IllegalArgumentException("route '" + name + "': latency-value must be 0 or more");
        }
    }

    public boolean isPattern() {
        return name.endsWith("*");
    }

    public String prefix() {
        return name.substring(0, name.length() - 1);
    }
}
