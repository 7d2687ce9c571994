package dev.tierway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.tierway.application.docs.ReferencePage;
import dev.tierway.domain.failure.FailureClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts, dashboard and runbook name nothing that doesn't exist, and leave out nothing that does. */
class MonitoringTest {
    private static final Pattern METRIC = Pattern.compile("\\btierway_[a-z0-9_]+");
    private static final Pattern SELECTOR = Pattern.compile("\\b(tierway_[a-z0-9_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\b(?:by|ignoring|on) \\(([^)]*)\\)");
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    /** Where an expression stands, and the expression. */
    record Expression(String where, String text) {
        @Override
        public String toString() {
            return where;
        }
    }

    private static JsonNode shipped(String path) throws IOException {
        ObjectMapper mapper = path.endsWith(".json") ? new ObjectMapper() : new ObjectMapper(new YAMLFactory());
        return mapper.readTree(ReferencePage.read(
                ReferencePage.root().resolve("bootstrap/src/main/dist/ops").resolve(path)));
    }

    private static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        shipped("prometheus/alerts.yaml")
                .path("groups")
                .forEach(group -> group.path("rules").forEach(alerts::add));
        return alerts;
    }

    private static List<String> alertNames() throws IOException {
        return alerts().stream().map(alert -> alert.path("alert").asText()).toList();
    }

    static List<Expression> expressions() throws IOException {
        List<Expression> all = new ArrayList<>();
        alerts().forEach(alert -> all.add(
                new Expression(alert.path("alert").asText(), alert.path("expr").asText())));
        JsonNode dashboard = shipped("grafana/tierway.json");
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> all.add(new Expression(
                                panel.path("title").asText() + " "
                                        + target.path("refId").asText(),
                                target.path("expr").asText()))));
        dashboard
                .at("/annotations/list")
                .forEach(one -> all.add(new Expression(
                        one.path("name").asText(), one.path("expr").asText())));
        return all;
    }

    /** Each metric with its labels, a histogram under all its names. */
    private static Map<String, Set<String>> documented() {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        for (List<String> row : ReferencePage.named("metrics.md").tables("metric")) {
            Set<String> labels = new TreeSet<>(Arrays.asList(row.get(2).split(",\\s*")));
            boolean histogram = row.get(1).equals("histogram");
            for (String suffix : histogram ? List.of("_bucket", "_sum", "_count", "_max") : List.of("")) {
                metrics.put(row.get(0) + suffix, labels);
            }
        }
        return metrics;
    }

    private static Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        ReferencePage.named("error-codes.md").tables("status").forEach(row -> codes.add(row.get(1)));
        return codes;
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void an_expression_names_only_metrics_and_labels_that_exist(Expression expression) {
        Map<String, Set<String>> documented = documented();
        Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
        List<String> named = METRIC.matcher(expression.text())
                .results()
                .map(MatchResult::group)
                .toList();
        for (String metric : named) {
            assertThat(documented).containsKey(metric);
            labels.addAll(documented.get(metric));
        }
        SELECTOR.matcher(expression.text())
                .results()
                .forEach(selector -> MATCHER.matcher(selector.group(2))
                        .results()
                        .filter(matcher -> !OF_PROMETHEUS.contains(matcher.group(1)))
                        .forEach(matcher ->
                                assertThat(documented.get(selector.group(1))).contains(matcher.group(1))));
        BY.matcher(expression.text())
                .results()
                .forEach(by ->
                        assertThat(labels).containsAll(Arrays.asList(by.group(1).split(",\\s*"))));
        assertThat(named.isEmpty()).isEqualTo(expression.text().startsWith("up{"));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void an_expression_names_only_codes_and_classes_that_exist(Expression expression) {
        Set<String> classes = new TreeSet<>(Set.of("delivered"));
        Arrays.stream(FailureClass.values()).forEach(one -> classes.add(one.id()));
        MATCHER.matcher(expression.text()).results().forEach(matcher -> {
            Set<String> known = switch (matcher.group(1)) {
                case "code" -> codes();
                case "class" -> classes;
                default -> null;
            };
            if (known != null) {
                for (String one : matcher.group(3).split("\\|")) {
                    assertThat(known).anyMatch(name -> name.matches(one));
                }
            }
        });
    }

    @Test
    void an_alert_says_how_urgent_it_is_and_what_it_saw() throws IOException {
        assertThat(alertNames()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
        });
    }

    @Test
    void every_metric_is_on_the_dashboard_or_in_an_alert_or_known_to_be_left_out() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Expression expression : expressions()) {
            METRIC.matcher(expression.text())
                    .results()
                    .map(MatchResult::group)
                    .forEach(name -> used.add(name.replaceAll("_(bucket|sum|count|max)$", "")));
        }
        List<String> all = ReferencePage.named("metrics.md").tables("metric").stream()
                .map(List::getFirst)
                .toList();

        assertThat(all)
                .filteredOn(name -> !used.contains(name))
                .as("put it on the dashboard, or name it here")
                .isSubsetOf(
                        // For dashboards made for any client of language models.
                        "gen_ai_client_operation_duration_seconds",
                        "gen_ai_client_token_usage",
                        "tierway_hints_total",
                        "tierway_loops_total",
                        "tierway_quota_shares_total",
                        "tierway_quota_leased_total",
                        "tierway_names_counted_together_calls_total",
                        "tierway_experiment_call_duration_seconds",
                        "tierway_auth_failures_total",
                        "tierway_plugin_uses_total",
                        "tierway_events_total",
                        "tierway_webhook_events_total",
                        "gen_ai_client_operation_duration_seconds",
                        "gen_ai_client_token_usage");
    }

    @Test
    void panels_have_ids_of_their_own_and_do_not_overlap() throws IOException {
        List<String> ids = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        for (JsonNode panel : shipped("grafana/tierway.json").path("panels")) {
            ids.add(panel.path("id").asText());
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    cells.add((place.path("x").asInt() + x) + ","
                            + (place.path("y").asInt() + y));
                }
            }
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(cells).doesNotHaveDuplicates();
    }

    @Test
    void the_runbook_has_a_section_for_every_alert_and_every_code() throws IOException {
        String page = ReferencePage.read(ReferencePage.root().resolve("docs/runbook.md"));
        List<String> sections = page.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        List<String> wanted = new ArrayList<>();
        codes().forEach(code -> wanted.add("`" + code + "`"));

        assertThat(sections)
                .as("docs/runbook.md: what to look at and to do")
                .doesNotHaveDuplicates()
                .containsAll(wanted);
        assertThat(sections)
                .filteredOn(section -> !section.startsWith("`"))
                .containsExactlyInAnyOrderElementsOf(alertNames());
    }
}
