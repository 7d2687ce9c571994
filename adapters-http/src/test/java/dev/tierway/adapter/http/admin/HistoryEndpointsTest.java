package dev.tierway.adapter.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.adapter.http.FakeKeys;
import dev.tierway.adapter.http.server.HttpLimits;
import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.event.EventBus;
import dev.tierway.application.port.in.FleetStatus;
import dev.tierway.application.port.in.ProviderUsage;
import dev.tierway.application.port.in.QueryFleet;
import dev.tierway.application.port.in.QuotaStatus;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.domain.failure.FailureClass;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryEndpointsTest {
    private final Vertx vertx = Vertx.vertx();
    private final FakeHistory history = new FakeHistory();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        QueryFleet nobody = new QueryFleet() {
            @Override
            public FleetStatus fleet() {
                return new FleetStatus(1, "adaptive", List.of(), List.of(), List.of(), List.of());
            }

            @Override
            public Optional<ProviderUsage> usage(String provider) {
                return Optional.empty();
            }

            @Override
            public List<ProviderUsage> usage() {
                return List.of();
            }

            @Override
            public QuotaStatus quota() {
                throw new AssertionError("nobody asks");
            }
        };
        AdminPorts ports = new AdminPorts(
                nobody,
                FakeLimits.NONE,
                new FakeAgents(),
                List::of,
                history,
                new FakeOperateFleet(),
                new EventBus((name, thrown) -> {}),
                new FakeReconfigure(),
                Map::of,
                () -> "",
                "1",
                System::nanoTime,
                () -> FakeHistory.NOW,
                () -> 7,
                new FakeKeys(),
                new FakeKeys());
        server = new AdminServer(vertx, new AdminSettings("127.0.0.1", 0, null, HttpLimits.DEFAULTS), ports);
        server.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Json.tree(bytes, 0, bytes.length, "test");
    }

    @Test
    void a_row_is_shown_with_all_that_is_known_and_null_for_the_rest() throws Exception {
        history.rows = 1;
        JsonNode row = json(get("/admin/history").body()).at("/data/0");

        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(HistoryColumns.NAMES);
        assertThat(row.path("call").asText()).isEqualTo("dec_0");
        assertThat(row.path("started_at").asText()).isEqualTo("2023-11-14T22:13:18.500Z");
        assertThat(row.path("outcome").asText()).isEqualTo("delivered");
        assertThat(row.path("class").isNull()).isTrue();
        assertThat(row.path("use_case").isNull()).isTrue();
        assertThat(row.path("tags").path("team").asText()).isEqualTo("search");
        assertThat(row.path("input_tokens").asInt()).isEqualTo(10);
        assertThat(row.path("cached_input_tokens").asInt()).isEqualTo(4);
        assertThat(row.path("usage").asText()).isEqualTo("reported");
        assertThat(row.path("cost_usd").asText()).isEqualTo("0.005535");
        assertThat(row.path("first_token_ms").asDouble()).isEqualTo(620.0);
        assertThat(row.path("duration_ms").asDouble()).isEqualTo(1500.0);
    }

    @Test
    void unknown_tokens_and_cost_are_no_zeros() throws Exception {
        history.rows = 1;
        history.row = n -> FakeHistory.row(n, null, null, FailureClass.TIMEOUT);
        JsonNode row = json(get("/admin/history").body()).at("/data/0");

        assertThat(row.path("class").asText()).isEqualTo("timeout");
        assertThat(row.path("input_tokens").isNull()).isTrue();
        assertThat(row.path("cost_usd").isNull()).isTrue();
        assertThat(get("/admin/history?format=csv").body().lines().toList().get(1))
                .contains("search\"\"}\",,,,,,,,,,,,,");
    }

    @Test
    void pages_follow_each_other_by_their_cursor() throws Exception {
        history.rows = 250;
        JsonNode first = json(get("/admin/history?limit=200").body());
        JsonNode second = json(get("/admin/history?limit=200&cursor="
                        + first.path("next_cursor").asText())
                .body());

        assertThat(first.path("data")).hasSize(200);
        assertThat(first.at("/data/0/call").asText()).isEqualTo("dec_249");
        assertThat(second.path("data")).hasSize(50);
        assertThat(second.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void every_filter_reaches_the_ledger() throws Exception {
        StringBuilder all =
                new StringBuilder("/admin/history?since=1h&until=2023-11-14T22:00:00Z&outcome=failed&tag=a%3Db%3Dc");
        for (LedgerField field : LedgerField.values()) {
            all.append('&').append(field.id()).append("=v-").append(field.id());
        }
        assertThat(get(all.toString()).statusCode()).isEqualTo(200);

        LedgerQuery expected = LedgerQuery.ALL
                .since(FakeHistory.NOW - 3_600_000)
                .until(1_699_999_200_000L)
                .outcome(AttemptOutcome.FAILED)
                .tag("a", "b=c");
        for (LedgerField field : LedgerField.values()) {
            expected = expected.where(field, "v-" + field.id());
        }
        assertThat(history.asked).containsExactly(expected);
    }

    @Test
    void an_export_as_csv_has_every_row_quoted_where_it_must_be() throws Exception {
        history.rows = 2500;
        HttpResponse<String> answer = get("/admin/history?format=csv");

        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(2501);
        assertThat(lines.getFirst()).isEqualTo(String.join(",", HistoryColumns.NAMES));
        assertThat(lines.get(1))
                .startsWith("dec_2499,1,r2499,")
                .contains(
                        ",k,\"a,\"\"b\"\"\",,,,\"{\"\"team\"\":\"\"search\"\"}\",10,4,0,0,0,20,5,0,0,reported,0.005535,");
        assertThat(lines.getLast()).startsWith("dec_0,");
        assertThat(history.limits).containsExactly(1000, 1000, 1000);
    }

    @Test
    void an_export_of_nothing_still_says_its_columns() throws Exception {
        assertThat(get("/admin/history?format=csv").body()).isEqualTo(String.join(",", HistoryColumns.NAMES) + "\r\n");
        assertThat(get("/admin/history?format=jsonl").body()).isEmpty();
    }

    @Test
    void an_export_as_json_lines_has_an_object_a_line_and_ends_where_it_is_told() throws Exception {
        history.rows = 5000;
        List<String> lines =
                get("/admin/history?format=jsonl&limit=1500").body().lines().toList();

        assertThat(lines).hasSize(1500);
        assertThat(json(lines.getLast()).path("call").asText()).isEqualTo("dec_3500");
        assertThat(history.limits).containsExactly(1000, 500);
    }

    @Test
    void a_client_that_does_not_read_stops_the_looking_up() throws Exception {
        history.rows = Integer.MAX_VALUE;
        HttpResponse<InputStream> answer = http.send(
                HttpRequest.newBuilder(uri("/admin/history?format=csv")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
        }
        // Closed: what is looked up beyond what was read is no more than buffers hold.
        server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(history.asked.size()).isLessThan(1000);
    }

    @Test
    void an_export_that_breaks_is_not_taken_for_whole() {
        history.rows = 5000;
        history.breaksAfterPages = 2;

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> get("/admin/history?format=csv")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_export_that_cannot_begin_is_an_error_like_any_other() throws Exception {
        history.breaksAfterPages = 0;

        assertThat(get("/admin/history?format=csv").statusCode()).isEqualTo(500);
    }

    @Test
    void spend_is_shown_by_group_with_what_is_unknown_counted_apart() throws Exception {
        history.totals = new LedgerTotals(
                FakeHistory.totals(9),
                List.of(
                        new LedgerTotals.Group("agent-7", FakeHistory.totals(5)),
                        new LedgerTotals.Group(null, FakeHistory.totals(4))),
                true);
        JsonNode spend = json(get("/admin/spend?by=agent&since=1d&key=k").body());

        assertThat(history.by).isEqualTo(LedgerGroup.AGENT);
        assertThat(history.asked)
                .containsExactly(
                        LedgerQuery.ALL.since(FakeHistory.NOW - 86_400_000).where(LedgerField.KEY, "k"));
        assertThat(spend.path("since").asText()).isEqualTo("2023-11-13T22:13:20Z");
        assertThat(spend.path("until").isNull()).isTrue();
        assertThat(spend.path("more").asBoolean()).isTrue();
        assertThat(spend.at("/groups/0/agent").asText()).isEqualTo("agent-7");
        assertThat(spend.at("/groups/1/agent").isNull()).isTrue();
        assertThat(spend.path("total").toString())
                .isEqualTo("{\"calls\":9,\"attempts\":13,\"delivered\":9,\"failed\":1,\"abandoned\":1,\"cancelled\":1,"
                        + "\"unknown\":1,\"input_tokens\":10,\"cached_input_tokens\":4,\"cache_write_tokens\":0,"
                        + "\"audio_input_tokens\":0,\"image_input_tokens\":0,"
                        + "\"output_tokens\":20,\"reasoning_tokens\":5,\"audio_output_tokens\":0,"
                        + "\"image_output_tokens\":0,\"estimated_attempts\":2,"
                        + "\"uncounted_attempts\":3,\"cost_usd\":\"0.005535\",\"unpriced_attempts\":4}");
    }

    @Test
    void spend_as_csv_has_a_line_per_group() throws Exception {
        history.totals = new LedgerTotals(
                FakeHistory.totals(9), List.of(new LedgerTotals.Group(null, FakeHistory.totals(9))), false);

        assertThat(get("/admin/spend?by=key&format=csv").body())
                .isEqualTo("key,calls,attempts,delivered,failed,abandoned,cancelled,unknown,input_tokens,"
                        + "cached_input_tokens,cache_write_tokens,audio_input_tokens,image_input_tokens,output_tokens,"
                        + "reasoning_tokens,audio_output_tokens,image_output_tokens,estimated_attempts,"
                        + "uncounted_attempts,cost_usd,unpriced_attempts\r\n"
                        + ",9,13,9,1,1,1,1,10,4,0,0,0,20,5,0,0,2,3,0.005535,4\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/history?format=xml, 'json, jsonl or csv'",
        "/admin/history?limit=1001, 'from 1 to 1000'",
        "/admin/history?format=csv&limit=0, 'a number from 1'",
        "/admin/history?outcome=lost, 'one of delivered, failed'",
        "/admin/history?tag=team, 'like team=search'",
        "/admin/history?cursor=%21, 'is not a cursor'",
        "/admin/history?format=csv&cursor=%21, 'is not a cursor'",
        "/admin/history?agents=a, 'Did you mean'",
        "/admin/history?since=later, 'a time like'",
        "/admin/spend?by=colour, 'one of model, replica'",
        "/admin/spend?format=jsonl, 'json or csv'",
        "/admin/spend?limit=5, 'no query parameter'",
    })
    void what_is_asked_wrongly_is_told(String path, String told) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).at("/error/message").asText()).contains(told);
    }
}
