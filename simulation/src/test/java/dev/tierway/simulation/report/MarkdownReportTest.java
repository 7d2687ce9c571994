package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownReportTest {
    @Test
    void the_page_has_goals_misses_losses_all_cells_and_the_faults_met() throws InterruptedException {
        FakeExperiment losing =
                new FakeExperiment(result -> result.trial().contender().equals("adaptive")
                        ? FakeExperiment.result(result.trial(), (int) result.calls(), 60, new double[] {900}, 0.03)
                        : result);
        Report report = RunnerTest.report(losing, Plan.whole(losing, 7, 3));
        Report other = new Report(
                "other",
                null,
                report.plan(),
                report.rows(),
                report.comparisons(),
                report.faultsHit(),
                List.of("I3: odd"),
                5);

        String page = MarkdownReport.of(List.of(report, other));

        assertThat(page)
                .contains("3 seeds from 7", "- other: trace hash `0000000000000005`")
                .contains("| missed | 0 of 40 | ", "### Where goals are missed")
                .contains("### other: 40 of 40 comparisons", "## All strategies: other", "### brown-out")
                .contains("| **adaptive** | ", "| reset × streaming | 1,440 |", "1 violations", "- I3: odd")
                .doesNotContain("NaN", "null");
        assertThat(page.lines().filter(line -> line.startsWith("|")))
                .allSatisfy(line -> assertThat(line).endsWith("|"));
    }
}
