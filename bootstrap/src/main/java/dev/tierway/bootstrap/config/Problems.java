package dev.tierway.bootstrap.config;

import dev.tierway.ConfigProblem;
import dev.tierway.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with one file. */
final class Problems {
    private static final int MOST = 1000;
    private static final int LONGEST = 500;

    private final String file;
    /** A set: an aliased part is read wherever it is used, but stands, and is wrong, once. */
    private final Set<ConfigProblem> found = new LinkedHashSet<>();

    /** Where secrets stand, as far as the file was read by what its keys mean. */
    private final List<Node.Scalar> secrets = new ArrayList<>();

    private int left;
    private boolean errors;

    Problems(String file) {
        this.file = file;
    }

    void error(Node node, String message, @Nullable String suggestion) {
        error(node.at(), node.path(), message, suggestion);
    }

    void error(Location at, String path, String message, @Nullable String suggestion) {
        add(Severity.ERROR, at, path, message, suggestion);
    }

    void warn(Node node, String message, @Nullable String suggestion) {
        add(Severity.WARNING, node.at(), node.path(), message, suggestion);
    }

    private void add(Severity severity, Location at, String path, String message, @Nullable String suggestion) {
        if (found.size() >= MOST) {
            left++;
            errors |= severity == Severity.ERROR;
            return;
        }
        String readable = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        found.add(new ConfigProblem(severity, file, at.line(), at.column(), path, readable, suggestion));
        errors |= severity == Severity.ERROR;
    }

    void sawSecret(Node.Scalar secret) {
        secrets.add(secret);
    }

    /** Values of keys that hold secrets. */
    List<Node.Scalar> secrets() {
        return List.copyOf(secrets);
    }

    boolean hasErrors() {
        return errors;
    }

    /** In the file's order. */
    List<ConfigProblem> all() {
        List<ConfigProblem> all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        if (left > 0) {
            all.add(new ConfigProblem(Severity.ERROR, file, 0, 0, "", "and " + left + " more problems", null));
        }
        return List.copyOf(all);
    }
}
