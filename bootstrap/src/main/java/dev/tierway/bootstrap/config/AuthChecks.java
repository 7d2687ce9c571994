package dev.tierway.bootstrap.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what API keys are about exists, and what is about API keys has an effect. */
final class AuthChecks {
    private final Node.Mapping root;
    private final Declared declared;
    private final Problems problems;

    AuthChecks(Node.Mapping root, Declared declared, Problems problems) {
        this.root = root;
        this.declared = declared;
        this.problems = problems;
    }

    void run() {
        Node.Mapping auth = root.values().get("auth") instanceof Node.Mapping found ? found : null;
        if (auth != null) {
            auth.items("keys").forEach(this::allowed);
        }
        if (auth != null && asksForKeys(auth)) {
            storage(auth);
        } else {
            withoutKeys();
        }
    }

    private void withoutKeys() {
        if (root.values().get("budgets") instanceof Node.Mapping budgets) {
            for (Node.Mapping rule : budgets.items("rules")) {
                warn(rule, "for", "key", "never holds: nobody is asked for an API key");
            }
        }
        for (Node.Mapping rule : root.items("rules")) {
            warn(rule, "when", "key", "never holds: nobody is asked for an API key");
            if (rule.values().get("ab-test") instanceof Node.Mapping test
                    && test.text("sticky-by") instanceof Node.Scalar by
                    && by.text().equals("key")) {
                problems.warn(
                        by,
                        "nobody is asked for an API key: each call is assigned by itself",
                        "write auth: { mode: keys }");
            }
        }
    }

    private void warn(Node.Mapping rule, String section, String key, String message) {
        if (rule.values().get(section) instanceof Node.Mapping mapping
                && mapping.values().get(key) instanceof Node node) {
            problems.warn(node, message, "write auth: { mode: keys }");
        }
    }

    /** Whether callers must show a key. */
    static boolean asksForKeys(Node.Mapping auth) {
        Node.Scalar mode = auth.text("mode");
        return mode == null ? auth.values().containsKey("keys") : mode.text().equals("keys");
    }

    private void allowed(Node.Mapping key) {
        if (!(key.values().get("allow") instanceof Node.Mapping allow)) {
            return;
        }
        known(allow.values().get("models"), "model", declared.models.keySet());
        known(allow.values().get("replicas"), "replica", declared.replicas.keySet());
    }

    private void known(@Nullable Node list, String what, Collection<String> all) {
        if (!(list instanceof Node.Sequence sequence)) {
            return;
        }
        for (Node item : sequence.items()) {
            if (item instanceof Node.Scalar name
                    && name.written() == Node.Written.TEXT
                    && !all.contains(name.text())
                    && !declared.isUnlisted(name.text())) {
                Set<String> names = new LinkedHashSet<>(all);
                problems.error(
                        name,
                        "unknown " + what + " '" + Declared.shown(name) + "'",
                        name.substituted() ? null : DidYouMean.suggest(name.text(), names, what + "s"));
            }
        }
    }

    private void storage(Node.Mapping auth) {
        boolean shared = root.values().get("storage") instanceof Node.Mapping storage
                && storage.values().get("ledger") instanceof Node.Mapping ledger
                && ledger.text("store") instanceof Node.Scalar store
                && store.text().equals("postgresql");
        if (shared && !auth.values().containsKey("pepper")) {
            problems.warn(
                    auth,
                    "has no pepper, so no keys can be stored: only those listed here work",
                    "add pepper, the same for all gateways on that PostgreSQL");
        }
    }
}
