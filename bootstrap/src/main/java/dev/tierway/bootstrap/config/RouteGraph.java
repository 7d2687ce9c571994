package dev.tierway.bootstrap.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Follows routes that point to routes: no circles, and not so many that nobody could follow. */
final class RouteGraph {
    private static final int DEEPEST = 16;
    private static final int MOST_TARGETS = 1000;

    private final Map<String, List<Node.Scalar>> targets;
    private final Predicate<String> isRoute;
    private final Problems problems;
    private final Map<String, Reach> done = new HashMap<>();

    /**
     * What comes of following a route to its ends.
     *
     * @param depth routes in a row, itself included
     * @param targets all of them, doubles too
     */
    private record Reach(int depth, int targets) {
        private static final Reach NOTHING = new Reach(0, 0);
    }

    RouteGraph(Map<String, List<Node.Scalar>> targets, Predicate<String> isRoute, Problems problems) {
        this.targets = targets;
        this.isRoute = isRoute;
        this.problems = problems;
    }

    void check() {
        targets.keySet().forEach(route -> follow(route, new ArrayList<>()));
    }

    private Reach follow(String route, List<String> way) {
        Reach known = done.get(route);
        if (known != null) {
            return known;
        }
        way.add(route);
        Reach reach = new Reach(1, 0);
        for (Node.Scalar target : targets.getOrDefault(route, List.of())) {
            Reach inner = step(target, way);
            reach = new Reach(Math.max(reach.depth, 1 + inner.depth), reach.targets + inner.targets);
            if (inner.depth >= DEEPEST) {
                problems.error(target, "leads through more than " + DEEPEST + " routes", "point it further along");
                reach = new Reach(1, reach.targets);
            }
            if (reach.targets > MOST_TARGETS) {
                problems.error(target, "makes more than " + MOST_TARGETS + " targets of one route", "leave some out");
                reach = new Reach(reach.depth, 0);
            }
        }
        way.removeLast();
        done.put(route, reach);
        return reach;
    }

    private Reach step(Node.Scalar target, List<String> way) {
        int start = way.indexOf(target.text());
        if (start >= 0) {
            problems.error(
                    target,
                    "route loop: " + String.join(" → ", way.subList(start, way.size())) + " → " + target.text(),
                    "point one of them at a tier, model or replica");
            return Reach.NOTHING;
        }
        if (!isRoute.test(target.text())) {
            return new Reach(0, 1);
        }
        // Deeper than this is an error already; the rest is found from where it begins.
        return way.size() > DEEPEST ? new Reach(DEEPEST, 0) : follow(target.text(), way);
    }
}
