package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where routes lead. */
final class RouteChecks {
    private final Declared declared;
    private final Problems problems;
    /** Every route's targets. */
    private final Map<String, List<Node.Scalar>> targets = new LinkedHashMap<>();
    /** Routes with settings of their own. */
    private final Set<String> withSettings = new HashSet<>();
    /** Targets that have a weight. */
    private final Set<Node.Scalar> weighted = new HashSet<>();

    RouteChecks(Node.Mapping root, Declared declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
        if (root.values().get("routes") instanceof Node.Mapping routes) {
            routes.values().forEach(this::collect);
        }
    }

    void run() {
        targets.forEach((route, its) -> its.forEach(target -> check(target, its.size())));
        new RouteGraph(targets, declared::isRoute, problems).check();
    }

    private void collect(String name, Node node) {
        List<Node> found = new ArrayList<>(List.of(node));
        if (node instanceof Node.Mapping route) {
            found = new ArrayList<>();
            Node to = route.values().get("to");
            if (to != null) {
                found.add(to);
            }
            if (route.values().get("targets") instanceof Node.Sequence list) {
                for (Node item : list.items()) {
                    found.add(item instanceof Node.Mapping target ? addressOf(target) : item);
                }
            }
            if (route.values().keySet().stream().anyMatch(key -> !key.equals("to") && !key.equals("targets"))) {
                withSettings.add(name);
            }
        }
        targets.put(
                name,
                found.stream()
                        .filter(Node.Scalar.class::isInstance)
                        .map(Node.Scalar.class::cast)
                        .filter(target -> target.written() == Node.Written.TEXT)
                        .toList());
    }

    /** A target with a weight ends there: what a route leads to would have to share it. */
    private Node addressOf(Node.Mapping target) {
        Node to = target.values().getOrDefault("to", target);
        if (target.values().containsKey("weight") && to instanceof Node.Scalar address) {
            weighted.add(address);
        }
        return to;
    }

    private void check(Node.Scalar target, int siblings) {
        String name = target.text();
        if (name.startsWith("tier:")) {
            checkTier(target);
        } else if (declared.isRoute(name) && weighted.contains(target)) {
            problems.error(
                    target,
                    "'" + name + "' is a route, which can't have a weight",
                    "name its targets, each with a weight");
        } else if (declared.isRoute(name)) {
            if (siblings > 1 && withSettings.contains(name)) {
                problems.error(
                        target,
                        "route '" + name + "' has settings of its own, which can't hold inside a list",
                        "list its targets instead");
            }
        } else if (!declared.models.containsKey(name)
                && !declared.replicas.containsKey(name)
                && !declared.isUnlisted(name)) {
            problems.error(
                    target,
                    "unknown target '" + Declared.shown(target) + "'",
                    target.substituted()
                            ? null
                            : DidYouMean.suggest(name, declared.names(), "models, replicas and routes"));
        }
    }

    private void checkTier(Node.Scalar target) {
        try {
            Target parsed = Target.parse(target.text());
            if (parsed instanceof Target.Tier tier
                    && !declared.served.contains(tier.tier().id() + "/" + tier.useCase())) {
                problems.warn(
                        target,
                        "no model of tier " + tier.tier().id() + " serves use case " + tier.useCase(),
                        "calls to it are refused until there is one");
            }
        } catch (IllegalArgumentException e) {
            problems.error(target, target.substituted() ? "is not a target" : String.valueOf(e.getMessage()), null);
        }
    }
}
