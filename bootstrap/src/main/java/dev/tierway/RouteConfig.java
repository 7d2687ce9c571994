package dev.tierway;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.catalogue.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name clients send as {@code model}.
 *
 * @param name whole, or a prefix followed by {@code *}
 * @param targets addresses, in order of preference under {@code priority}
 * @param weights one per target, for strategy {@code weighted}; empty: none
 * @param strategy null leaves the general one in force
 * @param latencyValueUsdPerSecond what a second of waiting for it is worth; null leaves it to the target, its tier or the
 *     general one
 * @param spillover false: one attempt only; null leaves it to the target, else true
 */
public record RouteConfig(
        String name,
        List<String> targets,
        List<Integer> weights,
        @Nullable Strategy strategy,
        Timeouts.Override timeouts,
        @Nullable Double latencyValueUsdPerSecond,
        @Nullable Boolean spillover) {
    public RouteConfig {
        targets = List.copyOf(targets);
        weights = List.copyOf(weights);
    }

    /** Nothing but other names for its targets. */
    public boolean isPlain() {
        return strategy == null
                && weights.isEmpty()
                && latencyValueUsdPerSecond == null
                && spillover == null
                && timeouts.equals(Timeouts.Override.NONE);
    }
}
