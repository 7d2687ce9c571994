package dev.tierway.simulation.report;

import java.util.List;
import java.util.stream.Collectors;

/** A goal for people. */
public final class GoalText {
    public static final List<String> HEADINGS = List.of("goal", "outcome", "cells met", "worst cell", "figure there");

    private GoalText() {}

    /** Its cells. */
    public static List<String> of(Goal goal) {
        long met = goal.checks().stream().filter(Goal.Check::isMet).count();
        List<Goal.Check> worst = goal.worstFirst().stream().limit(1).toList();
        boolean severalTraces =
                goal.checks().stream().map(Goal.Check::trace).distinct().count() > 1;
        return List.of(
                goal.words(),
                outcome(goal.outcome()),
                met + " of " + goal.checks().size(),
                worst.stream()
                        .map(check -> (severalTraces ? check.trace() + ", " : "") + place(check))
                        .collect(Collectors.joining()),
                worst.stream().map(Goal.Check::figure).collect(Collectors.joining()));
    }

    static String outcome(Goal.Outcome outcome) {
        return switch (outcome) {
            case MET -> "met";
            case MISSED -> "missed";
            case NOT_MEASURED -> "not measured";
        };
    }

    /** Scenario and load. */
    static String place(Goal.Check check) {
        return Double.isNaN(check.load()) ? check.scenario() : check.scenario() + ", load " + Words.load(check.load());
    }
}
