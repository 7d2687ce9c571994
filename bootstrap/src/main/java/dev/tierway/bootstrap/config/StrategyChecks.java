package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.Strategy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether every strategy that is named is built in, or declared to be brought. */
final class StrategyChecks {
    private final Node.Mapping root;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    StrategyChecks(Node.Mapping root, Problems problems) {
        this.root = root;
        this.problems = problems;
        Strategy.BUILT_IN.forEach(one -> known.add(one.id()));
        if (root.values().get("routing") instanceof Node.Mapping routing
                && routing.values().get("own-strategies") instanceof Node.Sequence own) {
            for (Node one : own.items()) {
                declare(one);
            }
        }
    }

    private void declare(Node node) {
        Strategy own = named(node);
        if (own != null && !known.add(own.id())) {
            problems.error(
                    node, "there is a strategy '" + own + "' already", "choose another name for the one you bring");
        }
    }

    void run() {
        if (root.values().get("routing") instanceof Node.Mapping routing) {
            check(routing.values().get("strategy"));
        }
        if (root.values().get("routes") instanceof Node.Mapping routes) {
            for (Node route : routes.values().values()) {
                check(route instanceof Node.Mapping mapping ? mapping.values().get("strategy") : null);
            }
        }
        root.items("rules").forEach(rule -> check(rule.values().get("strategy")));
    }

    private void check(@Nullable Node node) {
        Strategy named = node == null ? null : named(node);
        if (named != null && !known.contains(named.id()) && node instanceof Node.Scalar text) {
            problems.error(
                    text,
                    "unknown strategy '" + Declared.shown(text) + "'",
                    text.substituted() ? null : DidYouMean.suggest(text.text(), List.copyOf(known), "strategies"));
        }
    }

    private static @Nullable Strategy named(Node node) {
        try {
            return node instanceof Node.Scalar text && text.written() == Node.Written.TEXT
                    ? Strategy.named(text.text())
                    : null;
        } catch (IllegalArgumentException saidWhereItIsRead) {
            return null;
        }
    }
}
