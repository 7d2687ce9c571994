package dev.tierway.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** No name may stand for two things. */
final class NameChecks {
    private record Owner(String what, Node node) {}

    private final Declared declared;
    private final Problems problems;
    private final Map<String, Owner> owners = new LinkedHashMap<>();

    NameChecks(Declared declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
    }

    void run() {
        declared.models.forEach((name, node) -> own("model", name, node));
        declared.replicas.forEach((name, node) -> own("replica", name, node));
        declared.routes.forEach((name, node) -> own("route", name, node));
    }

    private void own(String what, String name, Node node) {
        Owner first = owners.putIfAbsent(name, new Owner(what, node));
        if (first != null) {
            problems.error(
                    node,
                    "'" + name + "' is both a " + first.what + " and a " + what,
                    "rename one; the " + first.what + " is on line "
                            + first.node.at().line());
        }
        if (name.equals("auto")) {
            problems.error(node, "'auto' always means the route 'default'", "choose another name");
        }
        // A route's name is checked where it is read.
        if (name.startsWith("tier:") && !what.equals("route")) {
            problems.error(node, "'" + name + "' is a tier's address", "choose another id");
        }
    }
}
