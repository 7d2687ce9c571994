package dev.tierway.bootstrap.config;

import dev.tierway.bootstrap.config.LiteLlmMove.Outcome;
import dev.tierway.bootstrap.config.LiteLlmMove.Remark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of each line of another gateway's configuration, and which variables the new one needs. */
final class MoveReport {
    private static final String ENVIRONMENT = "os.environ/";

    private final List<Remark> remarks = new ArrayList<>();
    private final Map<String, Boolean> variables = new LinkedHashMap<>();
    /** Which variable a value that was written out goes to: the same value under the same name needs one. */
    private final Map<List<String>, String> written = new LinkedHashMap<>();

    void add(Location at, String path, Outcome outcome, String words) {
        remarks.add(new Remark(at.line(), path, outcome, words));
    }

    /** In the file's order. */
    List<Remark> remarks() {
        List<Remark> sorted = new ArrayList<>(remarks);
        sorted.sort(Comparator.comparingInt(Remark::line));
        return List.copyOf(sorted);
    }

    /** By name; true: its value stood in the file and has to be put into the variable now. */
    Map<String, Boolean> variables() {
        return variables;
    }

    /** What may be shown, with references to the environment as Tierway writes them. */
    String plain(Node.Scalar scalar) {
        String text = scalar.raw();
        if (isReference(text)) {
            return placeholder(text.substring(ENVIRONMENT.length()), false);
        }
        return text.replace("${", "$${");
    }

    /** Never the secret itself: a reference, or a variable to put it into. */
    String secret(Node.Scalar scalar, String nameIfLiteral) {
        return isReference(scalar.raw())
                ? plain(scalar)
                : placeholder(
                        written.computeIfAbsent(List.of(nameIfLiteral, scalar.raw()), value -> free(nameIfLiteral)),
                        true);
    }

    /** A variable that nobody wrote down: the other gateway took it by itself. */
    String usual(String variable) {
        return placeholder(variable, false);
    }

    static boolean isReference(String text) {
        return text.startsWith(ENVIRONMENT)
                && text.substring(ENVIRONMENT.length()).matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    /** Two secrets never share a variable by accident. */
    private String free(String name) {
        String free = name;
        for (int n = 2; variables.containsKey(free); n++) {
            free = name + "_" + n;
        }
        return free;
    }

    private String placeholder(String variable, boolean toSet) {
        variables.merge(variable, toSet, Boolean::logicalOr);
        return "${" + variable + "}";
    }
}
