package dev.tierway.bootstrap.cli;

import dev.tierway.ConfigProblem;
import dev.tierway.bootstrap.config.LiteLlmMove.Moved;
import dev.tierway.bootstrap.config.LiteLlmMove.Outcome;
import dev.tierway.bootstrap.config.LiteLlmMove.Remark;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of another gateway's configuration, line by line. */
final class MovedText {
    private MovedText() {}

    static String of(Path source, Path target, Moved moved) {
        StringBuilder text = new StringBuilder();
        for (Remark remark : moved.remarks()) {
            text.append(source)
                    .append(remark.line() == 0 ? "" : ":" + remark.line())
                    .append("  ")
                    .append(word(remark.outcome()))
                    .append("  ")
                    .append(remark.path())
                    .append(' ')
                    .append(remark.words())
                    .append('\n');
        }
        text.append('\n');
        moved.variables()
                .forEach((name, literal) -> text.append(
                        literal
                                ? "set " + name + " to what is written out in " + source + "\n"
                                : "keep " + name + " set, as for LiteLLM\n"));
        errors(moved).forEach(problem -> text.append(problem).append('\n'));
        return text.append("\nWrote ")
                .append(target)
                .append(": ")
                .append(count(moved, Outcome.CARRIED))
                .append(" keys carried over, ")
                .append(count(moved, Outcome.CHANGED))
                .append(" that work otherwise here, ")
                .append(count(moved, Outcome.LEFT))
                .append(" left out. Next:\n")
                .toString();
    }

    static Map<String, Object> document(Path target, Moved moved) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", target.toString());
        json.put("remarks", moved.remarks().stream().map(MovedText::document).toList());
        json.put("variables", moved.variables().keySet());
        json.put(
                "variables_to_set",
                moved.variables().entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList());
        json.put("problems", errors(moved).stream().map(ConfigProblem::toString).toList());
        return json;
    }

    /** What keeps the new configuration from being used. */
    static List<ConfigProblem> errors(Moved moved) {
        return moved.problems().stream().filter(Validate::isError).toList();
    }

    private static Map<String, Object> document(Remark remark) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", remark.line());
        json.put("path", remark.path());
        json.put("outcome", word(remark.outcome()).strip());
        json.put("words", remark.words());
        return json;
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT)
                + " ".repeat(7 - outcome.name().length());
    }

    private static long count(Moved moved, Outcome outcome) {
        return moved.remarks().stream()
                .filter(remark -> remark.outcome() == outcome)
                .count();
    }
}
