package dev.tierway;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration can't be used. Its message lists every problem, one per line. */
public final class InvalidConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;

    public InvalidConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything found, in the file's order, warnings too. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
