package dev.tierway.simulation.report;

import java.util.List;

/**
 * A goal, and what came of it.
 *
 * @param words what is to hold
 * @param checks one per cell it applies to
 */
public record Goal(String words, List<Check> checks) {
    public Goal {
        checks = List.copyOf(checks);
    }

    /** What a goal came to. */
    public enum Outcome {
        MET,
        MISSED,
        /** None of the cells it applies to was run. */
        NOT_MEASURED
    }

    /**
     * A goal in one cell.
     *
     * @param figure for people, with its interval
     * @param margin how far the figure is on the right side of its bound, in parts of the bound; negative: missed
     */
    public record Check(String trace, String scenario, double load, String figure, double margin) {
        public boolean isMet() {
            return margin >= 0;
        }
    }

    public Outcome outcome() {
        return checks.isEmpty()
                ? Outcome.NOT_MEASURED
                : checks.stream().allMatch(Check::isMet) ? Outcome.MET : Outcome.MISSED;
    }

    public List<Check> missed() {
        return checks.stream().filter(check -> !check.isMet()).toList();
    }

    /** The checks, worst first. */
    public List<Check> worstFirst() {
        return checks.stream()
                .sorted(java.util.Comparator.comparingDouble(Check::margin))
                .toList();
    }
}
