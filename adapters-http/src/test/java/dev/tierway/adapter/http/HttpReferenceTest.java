package dev.tierway.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.admin.AdminPorts;
import dev.tierway.adapter.http.admin.AdminServer;
import dev.tierway.adapter.http.admin.AdminSettings;
import dev.tierway.adapter.http.admin.FakeAgents;
import dev.tierway.adapter.http.admin.FakeHistory;
import dev.tierway.adapter.http.admin.FakeLimits;
import dev.tierway.adapter.http.admin.FakeOperateFleet;
import dev.tierway.adapter.http.admin.FakeReconfigure;
import dev.tierway.adapter.http.options.CallOptionsReader;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.application.event.EventBus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/http.md says what the code does. */
class HttpReferenceTest {
    private final ReferencePage page;

    HttpReferenceTest() throws IOException {
        page = ReferencePage.read("http.md");
    }

    @Test
    void the_api_ports_endpoints_are_the_codes() {
        try (TestGateway gateway = new TestGateway()) {
            assertThat(page.firstColumn("endpoint", "## API port"))
                    .containsExactlyInAnyOrderElementsOf(gateway.server.endpoints());
        }
    }

    @Test
    void the_admin_ports_endpoints_are_the_codes() {
        Vertx vertx = Vertx.vertx();
        try (TestGateway fleet = new TestGateway()) {
            AdminPorts ports = new AdminPorts(
                    fleet,
                    FakeLimits.NONE,
                    new FakeAgents(),
                    List::of,
                    new FakeHistory(),
                    new FakeOperateFleet(),
                    new EventBus((name, thrown) -> {}),
                    new FakeReconfigure(),
                    Map::of,
                    () -> "",
                    "1",
                    System::nanoTime,
                    () -> 0,
                    () -> 0,
                    new FakeKeys(),
                    new FakeKeys());
            AdminServer server = new AdminServer(vertx, AdminSettings.DEFAULTS, ports);
            assertThat(page.firstColumn("endpoint", "## Admin port"))
                    .containsExactlyInAnyOrderElementsOf(server.endpoints());
        } finally {
            TestGateway.await(vertx.close().toCompletionStage());
        }
    }

    @Test
    void the_options_are_the_codes() {
        assertThat(page.firstColumn("option", "### Options of a call"))
                .containsExactlyInAnyOrderElementsOf(CallOptionsReader.names());
    }

    @Test
    void the_reply_headers_are_the_codes() {
        List<String> documented = page.firstColumn("header", "### Response headers");
        assertThat(documented.stream().filter(h -> h.startsWith("x-tierway-")))
                .containsExactlyInAnyOrderElementsOf(ReplyHeaders.NAMES);
        assertThat(documented).contains("x-request-id", "retry-after", "x-should-retry", "via");
    }

    @Test
    void the_query_parameters_of_decisions_are_the_codes() {
        assertThat(page.firstColumn("query parameter", "### Decisions"))
                .containsExactlyInAnyOrderElementsOf(DecisionsHandler.PARAMETERS);
    }

    @Test
    void the_query_parameters_of_history_are_the_codes() {
        List<String> parameters = new ArrayList<>(FakeHistory.PARAMETERS);
        parameters.add("by");
        assertThat(page.firstColumn("query parameter", "### History and spend"))
                .containsExactlyInAnyOrderElementsOf(parameters);
    }

    @Test
    void the_columns_of_history_are_the_codes() {
        assertThat(page.firstColumn("column", "### History and spend"))
                .containsExactlyInAnyOrderElementsOf(FakeHistory.COLUMNS);
    }

    @Test
    void the_limits_are_the_defaults() {
        HttpLimits limits = HttpLimits.DEFAULTS;
        List<String> defaults =
                page.rows("limit", "### Limits").stream().map(row -> row.get(1)).toList();
        assertThat(defaults)
                .containsExactly(
                        (limits.maxBodyBytes() >> 20) + " MiB",
                        (limits.maxHeaderBytes() >> 10) + " KiB",
                        (limits.maxUriBytes() >> 10) + " KiB",
                        String.valueOf(limits.maxConnections()),
                        limits.bodyTimeout().toSeconds() + " s",
                        limits.idleTimeout().toSeconds() + " s",
                        limits.keepAlive().toSeconds() + " s",
                        limits.stalled().toSeconds() + " s");
    }

    @Test
    void every_error_this_module_answers_is_on_the_page_of_error_codes() throws IOException {
        Pattern thrown = Pattern.compile("(\\d{3}),\\s*\"([a-z_]+)\"");
        Set<String> answered = new TreeSet<>();
        Path sources = Path.of("src", "main", "java");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher matcher = thrown.matcher(Files.readString(file));
                while (matcher.find()) {
                    answered.add(matcher.group(1) + " " + matcher.group(2));
                }
            }
        }
        assertThat(answered).hasSizeGreaterThan(10);
        String codes = ReferencePage.read("error-codes.md").text();
        List<String> missing = new ArrayList<>();
        for (String answer : answered) {
            String[] parts = answer.split(" ");
            if (!codes.contains("| " + parts[0] + " | `" + parts[1] + "` |")) {
                missing.add(answer);
            }
        }
        assertThat(missing).isEmpty();
    }
}
