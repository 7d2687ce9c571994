package dev.tierway.simulation.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reports on several traces as the page docs/reference/simulation-report.md. */
final class MarkdownReport {
    private final List<Report> reports;
    private final StringBuilder page = new StringBuilder();

    private MarkdownReport(List<Report> reports) {
        this.reports = reports;
    }

    static String of(List<Report> reports) {
        MarkdownReport page = new MarkdownReport(reports);
        page.head();
        page.goals();
        page.losses();
        reports.forEach(page::scenarios);
        reports.forEach(page::adaptive);
        page.coverage();
        return page.page.toString();
    }

    private void line(String format, Object... arguments) {
        page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private void row(List<String> cells) {
        page.append("| ")
                .append(cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private void heading(List<String> headings) {
        row(headings);
        page.append("|---".repeat(headings.size())).append("|\n");
    }

    private void head() {
        Plan plan = reports.getFirst().plan();
        long calls = reports.stream()
                .flatMap(report -> report.rows().stream())
                .mapToLong(Row::calls)
                .sum();
        line("# Simulation report");
        line("");
        line("Made by `mvn -Psimulation-report` (see [simulation](simulation.md), which says what is simulated, how"
                + " it is measured, and where the traces come from): don't edit.");
        line("");
        line(
                "Traces: %s, in windows of 10 minutes. %d seeds from %d, the same for every strategy. %s simulated"
                        + " calls.",
                reports.stream().map(Report::trace).collect(Collectors.joining(", ")),
                plan.seeds(),
                plan.seed(),
                Words.count(calls));
        line("95 %% bootstrap intervals over seeds stand in brackets.");
        line("");
        for (Report report : reports) {
            line("- %s: trace hash `%016x`", report.trace(), report.traceHash());
        }
        line("");
    }

    private void goals() {
        line("## Goals");
        line("");
        heading(GoalText.HEADINGS);
        List<Goal> goals = Verdict.of(reports);
        goals.forEach(goal -> row(GoalText.of(goal)));
        line("");
        List<Goal> missed =
                goals.stream().filter(goal -> !goal.missed().isEmpty()).toList();
        if (missed.isEmpty()) {
            return;
        }
        line("### Where goals are missed");
        line("");
        for (Goal goal : missed) {
            line("%s:", goal.words());
            line("");
            long beyondReach =
                    goal.missed().stream().filter(this::isBeyondReach).count();
            if (goal == goals.get(1) && beyondReach > 0) {
                line(
                        "In %d of these %d cells even the parameter oracle delivers less than 99.5 %%: at times the"
                                + " calls ask for more than is left of the fleet.",
                        beyondReach, goal.missed().size());
                line("");
            }
            heading(List.of("trace", "scenario and load", "figure"));
            goal.worstFirst().stream()
                    .filter(check -> !check.isMet())
                    .forEach(check -> row(List.of(check.trace(), GoalText.place(check), check.figure())));
            line("");
        }
    }

    private boolean isBeyondReach(Goal.Check check) {
        return reports.stream()
                .filter(report -> report.trace().equals(check.trace()))
                .flatMap(report -> report.row(check.scenario(), check.load(), Plan.ORACLE).stream())
                .map(Row::success)
                .anyMatch(success -> success != null && success.value() < 0.995);
    }

    private void losses() {
        line("## Where others do better");
        line("");
        line("Every cell in which another strategy delivers more (difference of success), begins to answer sooner"
                + " (ratio of the p99 times to first token) or costs less");
        line("(objective, adaptive's over the other's) than adaptive, beyond the interval. What is lost is bold."
                + " Oracles aside: they know what nobody can know.");
        line("");
        for (Report report : reports) {
            List<Comparison> others = report.comparisons().stream()
                    .filter(one -> !one.other().startsWith("oracle-"))
                    .toList();
            List<Comparison> lost =
                    others.stream().filter(Comparison::isLostSomehow).toList();
            line("### %s: %d of %d comparisons", report.trace(), lost.size(), others.size());
            line("");
            if (lost.isEmpty()) {
                continue;
            }
            heading(List.of("scenario", "load", "other", "success", "p99 TTFT", "cost"));
            lost.forEach(one -> row(List.of(
                    one.scenario(),
                    Words.load(one.load()),
                    one.other(),
                    bold(one.isSuccessLost(), Words.points(one.success())),
                    bold(one.isLatencyLost(), "× " + Words.factor(one.ttftP99())),
                    bold(one.isCostLost(), Words.percent(one.cost())))));
            line("");
        }
    }

    private static String bold(boolean lost, String words) {
        return lost ? "**" + words + "**" : words;
    }

    private void scenarios(Report report) {
        List<Double> loads = report.plan().loads();
        line("## All strategies: %s", report.trace());
        line("");
        line("By load: success, p99 time to first token, regret against the parameter oracle.");
        line("");
        for (String scenario : report.plan().scenarios()) {
            line("### %s", scenario);
            line("");
            heading(java.util.stream.Stream.concat(
                            java.util.stream.Stream.of("strategy"),
                            loads.stream().map(load -> "load " + Words.load(load)))
                    .toList());
            for (String contender : report.plan().contenders()) {
                List<String> cells = loads.stream()
                        .map(load -> report.row(scenario, load, contender)
                                .map(MarkdownReport::brief)
                                .orElse(Words.UNKNOWN))
                        .collect(Collectors.toList());
                cells.addFirst(contender.equals(Plan.ADAPTIVE) ? "**adaptive**" : contender);
                row(cells);
            }
            line("");
        }
    }

    private static String brief(Row row) {
        List<String> cells = RowText.brief(row);
        Double p99 = row.ttftMillis().p99();
        return cells.get(3) + ", " + (p99 == null ? Words.UNKNOWN : Words.significant(p99 / 1_000) + " s") + ", "
                + cells.getLast();
    }

    private void adaptive(Report report) {
        line("## Adaptive in full: %s", report.trace());
        line("");
        List<String> headings = new java.util.ArrayList<>(RowText.HEADINGS);
        headings.remove("strategy");
        heading(headings);
        report.rows().stream()
                .filter(row -> row.strategy().equals(Plan.ADAPTIVE))
                .forEach(row -> {
                    List<String> cells = new java.util.ArrayList<>(RowText.of(row));
                    cells.remove(RowText.HEADINGS.indexOf("strategy"));
                    row(cells);
                });
        line("");
    }

    private void coverage() {
        line("## Faults met");
        line("");
        line("How often each fault met a call in which state, over all trials.");
        line("");
        Map<String, Long> hits = new TreeMap<>();
        reports.forEach(report -> report.faultsHit().forEach((pair, count) -> hits.merge(pair, count, Long::sum)));
        Set<String> pairs = new TreeSet<>(hits.keySet());
        heading(List.of("fault and state", "times"));
        pairs.forEach(pair -> row(List.of(pair, Words.count(hits.getOrDefault(pair, 0L)))));
        line("");
        line("## Invariants");
        line("");
        List<String> violations =
                reports.stream().flatMap(report -> report.violations().stream()).toList();
        line(violations.isEmpty() ? "No violation." : violations.size() + " violations, of which the first are:");
        violations.stream().limit(50).forEach(words -> line("- %s", words));
    }
}
