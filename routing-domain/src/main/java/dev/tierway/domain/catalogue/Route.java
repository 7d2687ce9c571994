package dev.tierway.domain.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name clients send as {@code model}. A one-target route is an alias.
 *
 * @param name whole name, or a prefix followed by {@code *}
 * @param targets in order of preference under {@code priority}
 * @param strategy null leaves the general one in force
 */
public record Route(
        String name, List<Target> targets, @Nullable Strategy strategy, Timeouts.Override timeouts, boolean spill) {
    public Route {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("route '" + name + "' has no target");
        }
    }

    public boolean isPattern() {
        return name.endsWith("*");
    }

    public String prefix() {
        return name.substring(0, name.length() - 1);
    }
}
