package dev.tierway.bootstrap.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the file declares, by id, with its places: taken from the nodes, so that references can be checked although other
 * parts of the file can't be read.
 */
final class Declared {
    final Map<String, Node> providers = new LinkedHashMap<>();
    final Map<String, Node> quotaDomains = new LinkedHashMap<>();
    final Map<String, Node> models = new LinkedHashMap<>();
    final Map<String, Node> replicas = new LinkedHashMap<>();
    final Map<String, Node> routes = new LinkedHashMap<>();
    /** Providers that serve unlisted models. */
    final Set<String> passthroughs = new HashSet<>();
    /** {@code tier/use-case} of every model. */
    final Set<String> served = new HashSet<>();

    private final Problems problems;

    Declared(Node.Mapping root, Problems problems) {
        this.problems = problems;
        for (Node.Mapping provider : root.items("providers")) {
            declare(providers, "providers", provider.text("id"));
            Node.Scalar id = provider.text("id");
            if (id != null
                    && provider.values().get("passthrough") instanceof Node.Scalar flag
                    && flag.text().equals("true")) {
                passthroughs.add(id.text());
            }
        }
        root.items("quota-domains").forEach(domain -> declare(quotaDomains, "quota domains", domain.text("id")));
        for (Node.Mapping model : root.items("models")) {
            Node.Scalar id = model.text("id");
            declare(models, "models", id);
            serves(model);
            for (Node.Mapping replica : model.items("replicas")) {
                declareReplica(replica, id);
            }
        }
        if (root.values().get("routes") instanceof Node.Mapping map) {
            map.values().forEach((name, node) -> routes.put(name, at(map.keys().getOrDefault(name, node.at()), node)));
        }
    }

    /** The route, if it is one by name and no pattern. */
    boolean isRoute(String name) {
        return routes.containsKey(name) && !name.endsWith("*");
    }

    /** A model of a passthrough provider. */
    boolean isUnlisted(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && slash < name.length() - 1 && passthroughs.contains(name.substring(0, slash));
    }

    /** Everything a route can point to by name. */
    List<String> names() {
        List<String> names = new ArrayList<>(models.keySet());
        names.addAll(replicas.keySet());
        routes.keySet().stream().filter(this::isRoute).forEach(names::add);
        return names;
    }

    private void serves(Node.Mapping model) {
        Node.Scalar tier = model.text("tier");
        if (tier != null && model.values().get("use-cases") instanceof Node.Sequence useCases) {
            for (Node useCase : useCases.items()) {
                if (useCase instanceof Node.Scalar name) {
                    served.add(tier.text() + "/" + name.text());
                }
            }
        }
    }

    private void declareReplica(Node.Mapping replica, Node.@Nullable Scalar model) {
        Node.Scalar id = replica.text("id");
        Node.Scalar provider = replica.text("provider");
        if (replica.values().containsKey("id")) {
            declare(replicas, "replicas", id);
        } else if (provider != null && model != null) {
            String name = provider.text() + "/" + model.text();
            Node first = replicas.putIfAbsent(name, provider);
            if (first != null) {
                problems.error(
                        provider,
                        "two replicas have the id '" + name + "'",
                        "give one of them an id of its own; the other is on line "
                                + first.at().line());
            }
        }
    }

    private void declare(Map<String, Node> map, String what, Node.@Nullable Scalar id) {
        if (id == null) {
            return;
        }
        Node first = map.putIfAbsent(id.text(), id);
        if (first != null) {
            problems.error(
                    id,
                    "two " + what + " have the id '" + shown(id) + "'",
                    "rename one; the other is on line " + first.at().line());
        }
    }

    static String shown(Node.Scalar scalar) {
        return scalar.substituted() ? scalar.raw() : scalar.text();
    }

    private static Node at(Location at, Node node) {
        return new Node.Scalar(at, node.path(), Node.Written.TEXT, "", "", false);
    }
}
