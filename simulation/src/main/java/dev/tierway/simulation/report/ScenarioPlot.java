package dev.tierway.simulation.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One scenario as SVG: a line per contender, a panel per metric, a dot per load with its interval. */
final class ScenarioPlot {
    static final int WIDTH = 1_120;

    private static final int LABELS = 190;
    private static final int GAP = 26;
    private static final int TOP = 40;
    private static final int LINE = 20;
    private static final int BOTTOM = 8;

    private final List<Row> rows;
    private final List<String> contenders;
    private final List<Double> loads;
    private final StringBuilder svg = new StringBuilder();

    private ScenarioPlot(List<Row> rows, List<Double> loads) {
        this.rows = rows;
        this.loads = loads;
        this.contenders =
                List.copyOf(new LinkedHashSet<>(rows.stream().map(Row::strategy).toList()));
    }

    /** @param loads in the order of their colours */
    static String of(String scenario, List<Row> rows, List<Double> loads) {
        ScenarioPlot plot = new ScenarioPlot(rows, loads);
        plot.draw(scenario);
        return plot.svg.toString();
    }

    private void draw(String scenario) {
        int height = TOP + LINE * contenders.size() + BOTTOM;
        add(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, height, Html.escaped("Scenario " + scenario));
        for (int i = 0; i < contenders.size(); i++) {
            String contender = contenders.get(i);
            double y = TOP + LINE * i;
            if (contender.equals(Plan.ADAPTIVE)) {
                add("<rect class=\"ours\" x=\"0\" y=\"%.1f\" width=\"%d\" height=\"%d\"/>", y, WIDTH, LINE);
            }
            add(
                    "<text class=\"name %s\" x=\"%d\" y=\"%.1f\">%s</text>",
                    Html.kind(contender), LABELS - 10, y + 14, Html.escaped(contender));
        }
        Metric[] metrics = Metric.values();
        double width = (WIDTH - LABELS - GAP * metrics.length) / (double) metrics.length;
        for (int i = 0; i < metrics.length; i++) {
            panel(metrics[i], LABELS + i * (width + GAP), width);
        }
        svg.append("</svg>\n");
    }

    private void panel(Metric metric, double from, double width) {
        List<Estimate> shown =
                rows.stream().map(metric::of).filter(Objects::nonNull).toList();
        add("<text class=\"title\" x=\"%.1f\" y=\"12\">%s</text>", from, Html.escaped(metric.title()));
        if (shown.isEmpty()) {
            add("<text class=\"tick\" x=\"%.1f\" y=\"%d\">not known</text>", from + width / 2, TOP + 14);
            return;
        }
        Scale scale = metric.scale(shown, from, width);
        for (double tick : scale.ticks()) {
            double x = scale.x(tick);
            add(
                    "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                    tick == 0 ? "zero" : "grid", x, x, TOP - 6, TOP + LINE * contenders.size());
            add("<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>", x, TOP - 10, Words.significant(tick));
        }
        // What hides other dots is drawn first.
        List<Row> order = new ArrayList<>(rows);
        order.sort(java.util.Comparator.comparingDouble(Row::load).reversed());
        for (Row row : order) {
            dot(metric, row, metric.of(row), scale);
        }
    }

    private void dot(Metric metric, Row row, @Nullable Estimate estimate, Scale scale) {
        if (estimate == null) {
            return;
        }
        int place = loads.indexOf(row.load());
        // Dots of several loads lie a little above one another.
        double spread = loads.size() == 1 ? 0 : (place / (loads.size() - 1.0) - 0.5) * LINE * 0.55;
        double y = TOP + LINE * (contenders.indexOf(row.strategy()) + 0.5) + spread;
        Double lo = estimate.lo();
        Double hi = estimate.hi();
        if (lo != null && hi != null) {
            add(
                    "<line class=\"load%d span\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    Html.colour(place), scale.x(lo), scale.x(hi), y, y);
        }
        add(
                "<circle class=\"load%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\"><title>%s</title></circle>",
                Html.colour(place),
                scale.x(estimate.value()),
                y,
                Html.escaped(row.strategy() + ", load " + Words.load(row.load()) + ": " + metric.words(estimate)));
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
