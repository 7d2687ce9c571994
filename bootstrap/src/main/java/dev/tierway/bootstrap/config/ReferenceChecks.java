package dev.tierway.bootstrap.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what is named exists, and what exists is used. */
final class ReferenceChecks {
    private final Node.Mapping root;
    private final Declared declared;
    private final Problems problems;
    private final Set<String> usedProviders = new HashSet<>();
    private final Set<String> usedDomains = new HashSet<>();

    ReferenceChecks(Node.Mapping root, Declared declared, Problems problems) {
        this.root = root;
        this.declared = declared;
        this.problems = problems;
    }

    void run() {
        for (Node.Mapping provider : root.items("providers")) {
            known(provider.text("quota-domain"), "quota domain", declared.quotaDomains.keySet(), usedDomains);
            ownDomain(provider);
        }
        for (Node.Mapping model : root.items("models")) {
            for (Node.Mapping replica : model.items("replicas")) {
                known(replica.text("provider"), "provider", declared.providers.keySet(), usedProviders);
                known(replica.text("quota-domain"), "quota domain", declared.quotaDomains.keySet(), usedDomains);
            }
        }
        declared.providers.forEach((id, node) -> {
            if (!usedProviders.contains(id) && !declared.passthroughs.contains(id)) {
                problems.warn(node, "no replica uses this provider", null);
            }
        });
        declared.quotaDomains.forEach((id, node) -> {
            if (!usedDomains.contains(id)) {
                problems.warn(node, "no provider or replica joins this quota domain", null);
            }
        });
    }

    private void known(Node.@Nullable Scalar name, String what, Collection<String> all, Set<String> used) {
        if (name == null) {
            return;
        }
        used.add(name.text());
        if (!all.contains(name.text())) {
            problems.error(
                    name,
                    "unknown " + what + " '" + Declared.shown(name) + "'",
                    name.substituted() ? null : DidYouMean.suggest(name.text(), all, what + "s"));
        }
    }

    /** A provider's quota is a domain of the provider's name. */
    private void ownDomain(Node.Mapping provider) {
        Node.Scalar id = provider.text("id");
        Node quota = provider.values().get("quota");
        if (id != null && quota != null && declared.quotaDomains.containsKey(id.text())) {
            problems.error(
                    quota,
                    "makes a quota domain of the provider's name, but there is one of that name already",
                    "rename the one in quota-domains");
        }
    }
}
