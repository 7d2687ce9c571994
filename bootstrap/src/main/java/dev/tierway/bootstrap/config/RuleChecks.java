package dev.tierway.bootstrap.config;

import dev.tierway.domain.catalogue.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether what rules name is there. */
final class RuleChecks {
    private final Node.Mapping root;
    private final Declared declared;
    private final Problems problems;
    private final Map<String, Node> ids = new LinkedHashMap<>();

    RuleChecks(Node.Mapping root, Declared declared, Problems problems) {
        this.root = root;
        this.declared = declared;
        this.problems = problems;
    }

    void run() {
        for (Node.Mapping rule : root.items("rules")) {
            unique(rule.text("id"));
            target(rule.text("to"));
            if (rule.values().get("ab-test") instanceof Node.Mapping test
                    && test.values().get("arms") instanceof Node.Mapping arms) {
                for (Node arm : arms.values().values()) {
                    target(arm instanceof Node.Mapping side ? side.text("to") : null);
                }
            }
            texts(rule.values().get("only")).forEach(this::id);
            texts(rule.values().get("exclude")).forEach(this::id);
            if (rule.values().get("when") instanceof Node.Mapping when) {
                texts(when.values().get("model")).forEach(this::address);
            }
            if (rule.values().get("require") instanceof Node.Mapping require) {
                texts(require.values().get("tags")).forEach(this::tag);
            }
        }
    }

    private void unique(Node.@Nullable Scalar id) {
        if (id != null) {
            Node first = ids.putIfAbsent(id.text(), id);
            if (first != null) {
                problems.error(
                        id,
                        "two rules have the id '" + Declared.shown(id) + "'",
                        "rename one; the other is on line " + first.at().line());
            }
        }
    }

    /** Unlike a route a rule is nobody's wish: one that leads to nobody would only refuse calls. */
    private void target(Node.@Nullable Scalar target) {
        if (target == null) {
            return;
        }
        String name = target.text();
        if (name.startsWith("tier:")) {
            tier(target);
        } else if (!known(name)) {
            problems.error(
                    target,
                    "unknown target '" + Declared.shown(target) + "'",
                    target.substituted()
                            ? null
                            : DidYouMean.suggest(name, declared.names(), "models, replicas and routes"));
        }
    }

    private void tier(Node.Scalar target) {
        try {
            if (Target.parse(target.text()) instanceof Target.Tier tier
                    && !declared.served.contains(tier.tier().id() + "/" + tier.useCase())) {
                problems.error(
                        target,
                        "no model of tier " + tier.tier().id() + " serves use case " + tier.useCase(),
                        "add such a model, or point the rule elsewhere");
            }
        } catch (IllegalArgumentException saidWhereItIsRead) {
            return;
        }
    }

    private boolean known(String name) {
        return declared.isRoute(name)
                || declared.models.containsKey(name)
                || declared.replicas.containsKey(name)
                || declared.isUnlisted(name);
    }

    private void id(Node.Scalar id) {
        Set<String> all = new TreeSet<>(declared.providers.keySet());
        all.addAll(declared.models.keySet());
        all.addAll(declared.replicas.keySet());
        if (!all.contains(id.text()) && !declared.isUnlisted(id.text())) {
            problems.error(
                    id,
                    "no replica, model or provider is called '" + Declared.shown(id) + "'",
                    id.substituted() ? null : DidYouMean.suggest(id.text(), all, "ids"));
        }
    }

    /** A condition that can never hold is no error: what it waits for may come. */
    private void address(Node.Scalar address) {
        String name = address.text();
        if (name.startsWith("tier:") || name.endsWith("*") || name.equals("auto") || known(name)) {
            return;
        }
        problems.warn(
                address,
                "never holds: nothing is called '" + Declared.shown(address) + "'",
                address.substituted()
                        ? null
                        : DidYouMean.suggest(name, declared.names(), "models, replicas and routes"));
    }

    private void tag(Node.Scalar tag) {
        Set<String> all = new TreeSet<>();
        for (Node.Mapping model : root.items("models")) {
            for (Node.Mapping replica : model.items("replicas")) {
                texts(replica.values().get("tags")).forEach(one -> all.add(one.text()));
            }
        }
        if (!all.contains(tag.text())) {
            problems.warn(
                    tag,
                    "no replica has the tag '" + Declared.shown(tag) + "': calls the rule applies to are refused",
                    tag.substituted() || all.isEmpty() ? null : DidYouMean.suggest(tag.text(), all, "tags"));
        }
    }

    /** One text, or those of a list. */
    private static List<Node.Scalar> texts(@Nullable Node node) {
        List<Node> all = new ArrayList<>();
        if (node instanceof Node.Sequence list) {
            all.addAll(list.items());
        } else if (node != null) {
            all.add(node);
        }
        return all.stream()
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .filter(text -> text.written() == Node.Written.TEXT)
                .toList();
    }
}
