package dev.tierway.bootstrap.cli.simulate;

import dev.tierway.bootstrap.cli.show.Lines;
import dev.tierway.bootstrap.cli.show.TextTable;
import dev.tierway.simulation.report.Goal;
import dev.tierway.simulation.report.GoalText;
import dev.tierway.simulation.report.Report;
import dev.tierway.simulation.report.RowText;
import dev.tierway.simulation.report.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A simulation's report as a table. */
public final class SimulationText {
    private static final int NAMES = 3;
    private static final int WIDTH = 98;

    private SimulationText() {}

    public static String of(Report report) {
        String[] headings = IntStream.range(0, RowText.BRIEF_HEADINGS.size())
                .mapToObj(column -> (column == 1 || column >= NAMES ? ">" : "")
                        + RowText.BRIEF_HEADINGS.get(column).toUpperCase(Locale.ROOT))
                .toArray(String[]::new);
        TextTable table = new TextTable(headings);
        report.rows().forEach(row -> table.row(RowText.brief(row)));
        String goals = Verdict.of(List.of(report)).stream()
                .filter(goal -> goal.outcome() != Goal.Outcome.NOT_MEASURED)
                .map(SimulationText::goal)
                .collect(Collectors.joining());
        return table.render("") + "\n" + goals + "\ntrace " + report.trace() + ", "
                + report.plan().seeds()
                + " seeds from " + report.plan().seed() + ", trace hash "
                + String.format(Locale.ROOT, "%016x", report.traceHash()) + "\n";
    }

    private static String goal(Goal goal) {
        List<String> cells = GoalText.of(goal);
        String worst = cells.get(3).isEmpty() ? "" : "; worst: " + cells.get(3) + ": " + cells.get(4);
        String begun = String.format(Locale.ROOT, "%-8s", cells.get(1));
        return Lines.wrap(
                cells.get(0) + " (" + cells.get(2) + " cells" + worst + ")", begun, " ".repeat(begun.length()), WIDTH);
    }
}
