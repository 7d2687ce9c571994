package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.LiteLlmMove.Outcome;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A set of keys of LiteLLM's file that remembers which of them somebody has taken care of. */
final class LiteLlmSection {
    private final Node.Mapping node;
    private final MoveReport report;
    private final Set<String> seen = new LinkedHashSet<>();

    private LiteLlmSection(Node.Mapping node, MoveReport report) {
        this.node = node;
        this.report = report;
    }

    /** Empty if there is nothing, or something else, which is reported. */
    static LiteLlmSection of(@Nullable Node node, MoveReport report) {
        if (node instanceof Node.Mapping mapping) {
            return new LiteLlmSection(mapping, report);
        }
        if (node != null && !isNothing(node)) {
            report.add(node.at(), node.path(), Outcome.LEFT, "isn't a set of keys; check the file's indentation");
        }
        return new LiteLlmSection(
                new Node.Mapping(Location.WHOLE_FILE, "", new LinkedHashMap<>(), new LinkedHashMap<>(), 1), report);
    }

    Location at() {
        return node.at();
    }

    String path() {
        return node.path();
    }

    boolean has(String key) {
        return node.values().containsKey(key) && !isNothing(node.values().get(key));
    }

    /** What stands there; null if nothing does. Whoever asks reports what becomes of it. */
    @Nullable
    Node take(String key) {
        seen.add(key);
        Node value = node.values().get(key);
        if (value != null && isNothing(value)) {
            carried(key, "is empty: nothing to carry over");
            return null;
        }
        return value;
    }

    /** A single value; anything else is reported. */
    Node.@Nullable Scalar scalar(String key) {
        Node value = take(key);
        if (value == null || value instanceof Node.Scalar) {
            return (Node.Scalar) value;
        }
        left(key, "is " + value.kind() + ", where a single value is expected");
        return null;
    }

    /** Text, with references to the environment as Tierway writes them. */
    @Nullable
    String text(String key) {
        Node.Scalar scalar = scalar(key);
        return scalar == null ? null : report.plain(scalar);
    }

    @Nullable
    String secret(String key, String nameIfLiteral) {
        Node.Scalar scalar = scalar(key);
        return scalar == null ? null : report.secret(scalar, nameIfLiteral);
    }

    /** A number; what isn't one, or stands in the environment, is reported. */
    @Nullable
    BigDecimal number(String key) {
        Node.Scalar scalar = scalar(key);
        if (scalar == null) {
            return null;
        }
        try {
            return new BigDecimal(scalar.raw());
        } catch (NumberFormatException notOne) {
            left(key, "isn't a number; say it in the new file yourself");
            return null;
        }
    }

    /** False if it isn't there. */
    boolean flag(String key) {
        Node.Scalar scalar = scalar(key);
        return scalar != null && scalar.raw().equalsIgnoreCase("true");
    }

    List<Node> items(String key) {
        Node value = take(key);
        if (value == null || value instanceof Node.Sequence) {
            return value == null ? List.of() : ((Node.Sequence) value).items();
        }
        left(key, "is " + value.kind() + ", where a list is expected");
        return List.of();
    }

    LiteLlmSection section(String key) {
        return of(take(key), report);
    }

    Set<String> keys() {
        return node.values().keySet();
    }

    MoveReport report() {
        return report;
    }

    void carried(String key, String words) {
        add(key, Outcome.CARRIED, words);
    }

    void changed(String key, String words) {
        add(key, Outcome.CHANGED, words);
    }

    void left(String key, String words) {
        add(key, Outcome.LEFT, words);
    }

    /** Reports whatever nobody has asked for. */
    void leaveRest(Function<String, String> advice) {
        for (String key : node.values().keySet()) {
            if (!seen.contains(key) && take(key) != null) {
                String words = advice.apply(key);
                add(key, words.startsWith(LiteLlmAdvice.NOTHING_TO_SET) ? Outcome.CARRIED : Outcome.LEFT, words);
            }
        }
    }

    /** What this says, then what it leaves out and others say. */
    LiteLlmSection with(Map<String, Node> others) {
        return new LiteLlmSection(PlacedNodes.completed(node, others), report);
    }

    private void add(String key, Outcome outcome, String words) {
        seen.add(key);
        report.add(node.keys().getOrDefault(key, node.at()), Node.pathOf(node.path(), key), outcome, words);
    }

    private static boolean isNothing(@Nullable Node node) {
        return node instanceof Node.Scalar scalar
                && (scalar.written() == Node.Written.NOTHING || scalar.raw().isBlank());
    }
}
