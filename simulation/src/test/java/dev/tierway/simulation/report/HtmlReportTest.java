package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
    private static Report report(int seeds) throws InterruptedException {
        FakeExperiment experiment = new FakeExperiment();
        return RunnerTest.report(experiment, Plan.whole(experiment, 7, seeds));
    }

    @Test
    void the_page_has_a_plot_per_scenario_a_line_per_goal_and_all_rows() throws Exception {
        Report report = report(4);

        String page = HtmlReport.of(report);

        Path kept = Path.of(System.getProperty("basedir", ""), "target/simulation-report.html");
        Files.writeString(kept, page);
        assertThat(page.split("<section>", -1)).hasSize(1 + 5);
        assertThat(page.split("class=\"badge", -1)).hasSize(1 + 8);
        assertThat(page.split("<tr class=\"adaptive\"", -1)).hasSize(1 + 5 * 4);
        assertThat(page).contains("reset × streaming", "No violation.", "load 0.3: ");
    }

    @Test
    void it_needs_nothing_from_elsewhere() throws Exception {
        String page = HtmlReport.of(report(2));

        assertThat(page).doesNotContain("<script", "<link", "<img", "@import", "url(", "http:", "https:");
    }

    @Test
    void it_is_well_formed_where_it_draws_and_has_no_figure_that_is_none() throws Exception {
        String page = HtmlReport.of(report(1));

        assertThat(page).doesNotContain("NaN", "Infinity", "null");
        for (String svg : List.of(page.split("(?=<svg )")).subList(1, 3)) {
            String element = svg.substring(0, svg.indexOf("</svg>") + "</svg>".length());
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(element.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void names_from_outside_are_text_and_no_markup() throws Exception {
        Report report = report(1);
        Report named = new Report(
                "<b>&\"x", "a<i>.yaml", report.plan(), report.rows(), List.of(), report.faultsHit(), List.of("<u>"), 1);

        assertThat(HtmlReport.of(named))
                .contains("&lt;b&gt;&amp;&quot;x", "a&lt;i&gt;.yaml", "&lt;u&gt;")
                .doesNotContain("<b>&", "<i>", "<u>");
    }

    @Test
    void the_style_has_a_colour_for_every_class_the_plots_use() throws IOException {
        String style =
                new String(HtmlReport.class.getResourceAsStream("report.css").readAllBytes(), StandardCharsets.UTF_8);

        for (int place = 0; place < 12; place++) {
            assertThat(Pattern.compile("(?m)^\\.load" + Html.colour(place) + " ")
                            .matcher(style)
                            .find())
                    .isTrue();
        }
    }
}
