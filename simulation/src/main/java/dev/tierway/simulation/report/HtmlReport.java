package dev.tierway.simulation.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A report as one page that needs nothing else: no script, no font, no image from elsewhere. */
public final class HtmlReport {
    private static final String STYLE = "report.css";

    private final Report report;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(Report report) {
        this.report = report;
    }

    public static String of(Report report) {
        HtmlReport page = new HtmlReport(report);
        page.write();
        return page.page.toString();
    }

    private void write() {
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Tierway simulation: ")
                .append(Html.escaped(report.trace()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n");
        head();
        goals();
        scenarios();
        losses();
        coverage();
        page.append("</body>\n</html>\n");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + STYLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head() {
        Plan plan = report.plan();
        String config = report.config();
        long calls = report.rows().stream().mapToLong(Row::calls).sum();
        page.append("<header><h1>Routing, simulated</h1>\n<p class=\"facts\">");
        fact("trace", report.trace());
        fact("fleet", config == null ? "built in" : config);
        fact("seeds", plan.seeds() + " from " + plan.seed());
        fact("calls", Words.count(calls));
        fact("trace hash", String.format(Locale.ROOT, "%016x", report.traceHash()));
        page.append("</p></header>\n");
    }

    private void fact(String name, String value) {
        page.append("<span><b>")
                .append(name)
                .append("</b> ")
                .append(Html.escaped(value))
                .append("</span>\n");
    }

    private void goals() {
        page.append("<h2>Goals</h2>\n<p>Adaptive routing against whole shuffle-cooldown and the parameter oracle; 95 %"
                + " intervals in brackets.</p>\n<table class=\"goals\">\n<tr>");
        GoalText.HEADINGS.forEach(heading -> page.append("<th>").append(heading));
        page.append("</tr>\n");
        for (Goal goal : Verdict.of(List.of(report))) {
            List<String> cells = GoalText.of(goal);
            page.append("<tr>")
                    .append(Html.cell(cells.get(0)))
                    .append("<td><span class=\"badge ")
                    .append(goal.outcome().name().toLowerCase(Locale.ROOT))
                    .append("\">")
                    .append(cells.get(1))
                    .append("</span></td>");
            cells.subList(2, cells.size()).forEach(cell -> page.append(Html.cell(cell)));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private void scenarios() {
        List<Double> loads = report.plan().loads();
        page.append("<h2>Scenarios</h2>\n<p class=\"legend\">load");
        for (int i = 0; i < loads.size(); i++) {
            page.append(" <span><svg viewBox=\"0 0 12 12\"><circle class=\"load")
                    .append(Html.colour(i))
                    .append("\" cx=\"6\" cy=\"6\" r=\"5\"/></svg>")
                    .append(Words.load(loads.get(i)))
                    .append("</span>");
        }
        page.append(" &nbsp; Further left is better. Point at a dot for its figure.</p>\n");
        for (String scenario : report.plan().scenarios()) {
            List<Row> rows = report.rows().stream()
                    .filter(row -> row.scenario().equals(scenario))
                    .toList();
            page.append("<section><h3>")
                    .append(Html.escaped(scenario))
                    .append("</h3>\n")
                    .append(ScenarioPlot.of(scenario, rows, loads))
                    .append("<details><summary>figures</summary>\n")
                    .append(table(rows))
                    .append("</details></section>\n");
        }
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder("<div class=\"wide\"><table class=\"rows\">\n<tr>");
        RowText.HEADINGS.forEach(heading -> table.append("<th>").append(Html.escaped(heading)));
        table.append("</tr>\n");
        for (Row row : rows) {
            table.append("<tr class=\"").append(Html.kind(row.strategy())).append("\">");
            RowText.of(row).forEach(cell -> table.append(Html.cell(cell)));
            table.append("</tr>\n");
        }
        return table.append("</table></div>\n").toString();
    }

    private void losses() {
        List<Comparison> lost = report.comparisons().stream()
                .filter(Comparison::isLostSomehow)
                .filter(one -> !one.other().startsWith("oracle-"))
                .toList();
        page.append("<h2>Where others do better</h2>\n<p>Cells in which another delivers more, begins to answer sooner"
                        + " or costs less than adaptive, beyond the 95 % interval: ")
                .append(lost.size())
                .append(" of ")
                .append(report.comparisons().stream()
                        .filter(one -> !one.other().startsWith("oracle-"))
                        .count())
                .append(".</p>\n");
        if (!lost.isEmpty()) {
            page.append("<div class=\"wide\"><table class=\"rows\">\n<tr><th>scenario<th>load<th>other<th>success,"
                    + " adaptive minus it<th>p99 TTFT, adaptive ÷ it<th>cost, adaptive over it</tr>\n");
            for (Comparison one : lost) {
                page.append("<tr>")
                        .append(Html.cell(one.scenario()))
                        .append(Html.cell(Words.load(one.load())))
                        .append(Html.cell(one.other()))
                        .append(marked(one.isSuccessLost(), Words.points(one.success())))
                        .append(marked(one.isLatencyLost(), Words.factor(one.ttftP99())))
                        .append(marked(one.isCostLost(), Words.percent(one.cost())))
                        .append("</tr>\n");
            }
            page.append("</table></div>\n");
        }
    }

    private static String marked(boolean lost, String words) {
        return lost ? Html.cell(words).replace("<td>", "<td class=\"lost\">") : Html.cell(words);
    }

    private void coverage() {
        page.append("<h2>Faults met</h2>\n<p>How often each fault met a call in which state, over all trials.</p>\n"
                + "<table class=\"rows narrow\">\n<tr><th>fault and state<th>times</tr>\n");
        report.faultsHit()
                .forEach((pair, count) -> page.append("<tr>")
                        .append(Html.cell(pair))
                        .append(Html.cell(Words.count(count)))
                        .append("</tr>\n"));
        page.append("</table>\n<h2>Invariants</h2>\n<p>")
                .append(
                        report.violations().isEmpty()
                                ? "No violation."
                                : report.violations().size() + " violations:")
                .append("</p>\n<ul>\n");
        report.violations().stream()
                .limit(100)
                .forEach(
                        words -> page.append("<li>").append(Html.escaped(words)).append("</li>\n"));
        page.append("</ul>\n");
    }
}
