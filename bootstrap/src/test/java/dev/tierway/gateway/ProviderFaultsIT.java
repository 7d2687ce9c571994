package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.gateway.FaultCell.Course;
import dev.tierway.gateway.FaultCell.Expected;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of every fault of a provider, for the caller, the decision and the account. See docs/reference/faults.md. */
class ProviderFaultsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<FaultCell> CELLS = FaultTable.cells();
    private static final List<FaultCell> LEFT = FaultTable.left();
    private static final FaultCell ENDLESS = CELLS.stream()
            .filter(cell -> cell.what().equals("endless") && cell.stream())
            .findFirst()
            .orElseThrow();
    private static final String DEADLINE = "with a deadline";
    private static final int AT_ONCE = 32;
    private static final Map<String, Future<Answered>> REPLIES = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static FaultFleet fleet;
    private static Heard heard;
    private static ExecutorService callers;

    /** All cells at once: most of a cell's time is spent waiting for a clock. */
    @BeforeAll
    static void callThemAll() throws Exception {
        heard = Heard.listening();
        fleet = new FaultFleet(Stream.concat(CELLS.stream(), LEFT.stream()).toList(), folder);
        callers = Executors.newFixedThreadPool(AT_ONCE);
        for (FaultCell cell : CELLS) {
            for (String model : List.of(cell.id(), FaultFleet.alone(cell))) {
                REPLIES.put(model, callers.submit(() -> Answered.to(fleet.request(model, cell), fleet.client)));
            }
        }
        REPLIES.put(DEADLINE, callers.submit(() -> Answered.to(fleet.hurried(ENDLESS, 1500), fleet.client)));
    }

    @AfterAll
    static void stop() throws Exception {
        callers.shutdownNow();
        fleet.close();
        heard.close();
    }

    static List<FaultCell> cells() {
        return CELLS;
    }

    private static Answered reply(String model) throws Exception {
        return REPLIES.get(model).get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void with_somebody_else_to_ask(FaultCell cell) throws Exception {
        Answered reply = reply(cell.id());
        if (cell.expected().course() != Course.SPILLS) {
            answeredByTheFaultyOne(cell, cell.id(), reply);
            return;
        }
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body())
                .as("not a byte of the faulty one's")
                .contains(cell.stream() ? "\"GOOD" : "GOOD " + cell.id())
                .doesNotContain("FAULTY")
                .contains(cell.stream() ? "data: [DONE]" : "\"finish_reason\":\"stop\"");
        assertThat(reply.headers().firstValue("x-tierway-replica")).hasValue("good/" + cell.id());
        JsonNode decision = fleet.decision(reply);
        assertThat(decision.path("rounds")).hasSize(2);
        failed(cell, decision.at("/rounds/0/result"), "next_replica");
        assertThat(decision.at("/rounds/1/result/charge").asText()).isEqualTo("settled");
        assertThat(decision.at("/rounds/1/result/verdict").asText()).isEqualTo("delivered");
        assertThat(decision.at("/outcome/status").asText()).isEqualTo("delivered");
    }

    @ParameterizedTest
    @MethodSource("cells")
    void with_nobody_else_to_ask(FaultCell cell) throws Exception {
        String model = FaultFleet.alone(cell);
        Answered reply = reply(model);
        if (cell.expected().course() != Course.SPILLS) {
            answeredByTheFaultyOne(cell, model, reply);
            return;
        }
        Told told = Told.of(cell.expected().failure());
        assertThat(reply.status()).as(reply.body()).isEqualTo(told.status());
        JsonNode error = JSON.readTree(reply.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo(told.code());
        assertThat(error.path("message").asText()).contains(model);
        assertThat(error.path("decision").asText())
                .isEqualTo(reply.headers().firstValue("x-tierway-decision").orElseThrow());
        assertThat(reply.body()).doesNotContain("FAULTY");
        if (cell.expected().leastRest() != null) {
            assertThat(reply.headers().firstValueAsLong("retry-after").orElse(0))
                    .isPositive();
        }
        JsonNode decision = fleet.decision(reply);
        assertThat(decision.path("rounds").get(0).path("attempt").asInt()).isOne();
        failed(cell, decision.at("/rounds/0/result"), null);
        assertThat(decision.at("/outcome/status").asText()).isEqualTo("exhausted");
        assertThat(decision.at("/outcome/code").asText()).isEqualTo(told.code());
    }

    private static void answeredByTheFaultyOne(FaultCell cell, String model, Answered reply) throws Exception {
        boolean whole = cell.expected().course() == Course.DELIVERS;
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("GOOD");
        assertThat(reply.headers().firstValue("x-tierway-replica")).hasValue(model + "/" + model);
        JsonNode decision = fleet.decision(reply);
        assertThat(decision.path("rounds"))
                .as("nothing is tried after the first token")
                .hasSize(1);
        JsonNode result = decision.at("/rounds/0/result");
        if (!whole) {
            String last = reply.body().strip().lines().toList().getLast();
            assertThat(last).startsWith("data: {\"error\":");
            assertThat(JSON.readTree(last.substring(6)).at("/error/code").asText())
                    .isEqualTo(Told.of(cell.expected().failure()).code());
            assertThat(reply.body()).contains("FAULTY").doesNotContain("[DONE]");
            assertThat(reply.whole()).as("nobody takes it for a whole answer").isFalse();
            failed(cell, result, FaultFleet.neverEnds(cell) ? "abandoned" : "give_up");
            assertThat(decision.at("/outcome/status").asText()).isEqualTo("broken");
            return;
        }
        assertThat(reply.whole()).isTrue();
        assertThat(cell.number().equals("P31") ? ToolCalls.in(reply.body()).toString() : reply.body())
                .contains(cell.number().equals("P31") ? "weather({\"city\":" : "FAULTY");
        assertThat(reply.body()).contains(cell.stream() ? "data: [DONE]" : "\"finish_reason\":\"");
        assertThat(result.path("class").isNull()).isTrue();
        assertThat(result.path("verdict").asText()).isEqualTo("delivered");
        charged(cell, result);
    }

    private static void failed(FaultCell cell, JsonNode result, String verdict) {
        Expected expected = cell.expected();
        assertThat(result.path("class").asText()).as(result.toString()).isEqualTo(expected.failure());
        if (verdict != null) {
            assertThat(result.path("verdict").asText()).isEqualTo(verdict);
        }
        JsonNode rest = result.path("retry_after_ms");
        if (expected.leastRest() == null) {
            assertThat(rest.isNull()).as(rest.toString()).isTrue();
        } else {
            assertThat(rest.asLong()).isBetween(expected.leastRest(), expected.mostRest());
        }
        charged(cell, result);
    }

    private static void charged(FaultCell cell, JsonNode result) {
        String charge = cell.expected().charge();
        if (charge.equals(FaultCell.EITHER)) {
            assertThat(result.path("charge").asText()).as(result.toString()).isIn("settled", "unknown");
            return;
        }
        assertThat(result.path("charge").asText()).as(result.toString()).isEqualTo(charge);
        switch (charge) {
            case "settled" -> {
                assertThat(result.at("/tokens/how").asText())
                        .isEqualTo(cell.expected().how());
                assertThat(result.path("cost_usd").asText()).isNotEqualTo("0").isNotEmpty();
            }
            case "unknown" -> assertThat(result.path("cost_usd").isNull()).isTrue();
            default -> assertThat(result.path("cost_usd").asText()).isEqualTo("0");
        }
    }

    /** An attempt that Tierway gave up leaves no connection behind. */
    @ParameterizedTest
    @MethodSource("silences")
    void who_fell_silent_is_left(FaultCell cell) throws Exception {
        int calls = cell.equals(ENDLESS) ? 3 : 2;
        fleet.ends.get(cell).server().awaitAborted(calls).get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(fleet.ends.get(cell).server().counts().requests()).isEqualTo(calls);
    }

    static List<FaultCell> silences() {
        return CELLS.stream()
                .filter(cell -> cell.ofSilence()
                        && !List.of("full-backlog", "tls-stall").contains(cell.what()))
                .toList();
    }

    static List<FaultCell> left() {
        return LEFT;
    }

    @ParameterizedTest
    @MethodSource("left")
    void whom_the_client_no_longer_needs_is_left(FaultCell cell) throws Exception {
        SimulatedServer server = fleet.ends.get(cell).server();
        try (Socket client = new Socket("127.0.0.1", fleet.gateway.apiPort())) {
            client.getOutputStream().write(fleet.bytes(cell.id(), cell));
            server.awaitRequests(1).get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (cell.what().equals("slowly")) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                assertThat(lines.lines().anyMatch(line -> line.contains("FAULTY")))
                        .isTrue();
            }
        }
        assertThat(server.awaitAborted(1)
                        .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .requests())
                .isOne();
    }

    @Test
    void a_callers_own_deadline_in_the_middle_of_a_stream_is_told_as_such() throws Exception {
        Answered reply = reply(DEADLINE);
        String last = reply.body().strip().lines().toList().getLast();
        assertThat(JSON.readTree(last.substring(6)).at("/error/code").asText()).isEqualTo("deadline_exceeded");
        JsonNode decision = fleet.decision(reply);
        assertThat(decision.at("/outcome/status").asText()).isEqualTo("broken");
        assertThat(decision.at("/outcome/code").asText()).isEqualTo("deadline_exceeded");
        assertThat(decision.at("/rounds/0/result/class").asText()).isEqualTo("cancelled");
        assertThat(decision.at("/rounds/0/result/charge").asText()).isEqualTo("settled");
    }

    /** To a client of its own dialect a stream goes through as it is; to others its calls are told apart by their ids. */
    @Test
    void tool_calls_that_all_have_index_0_are_told_apart() throws Exception {
        FaultCell cell = CELLS.stream()
                .filter(any -> any.what().equals("tools_all_index_0") && any.stream())
                .findFirst()
                .orElseThrow();
        assertThat(ToolCalls.in(reply(cell.id()).body())).hasSize(2).first().isEqualTo("weather({})");
        String message = Answered.to(fleet.message(cell.id()), fleet.client).body();
        assertThat(message.split("\"type\":\"tool_use\"", -1)).as(message).hasSize(3);
        assertThat(message).contains("event: message_stop");
    }

    @Test
    void the_good_one_is_asked_by_those_who_spill_and_by_nobody_else() throws Exception {
        long spills = 0;
        for (FaultCell cell : CELLS) {
            reply(cell.id());
            spills += cell.expected().course() == Course.SPILLS ? 1 : 0;
        }
        assertThat(fleet.good.counts().requests()).isEqualTo(spills);
    }

    @Test
    void no_output_holds_a_credential() throws Exception {
        List<String> outputs = new ArrayList<>();
        for (String model : REPLIES.keySet()) {
            Answered reply = reply(model);
            outputs.add(reply.body());
            outputs.add(reply.headers().toString());
            outputs.add(fleet.decision(reply).toString());
        }
        for (String page : List.of("/metrics", "/admin/fleet", "/admin/quota", "/admin/config", "/admin/history")) {
            String text = fleet.get(fleet.admin(page));
            assertThat(text).as(page).containsPattern("\\bm[0-9]+\\b");
            outputs.add(text);
        }
        outputs.addAll(heard.lines());
        assertThat(heard.lines()).isNotEmpty();
        assertThat(outputs).as("what is searched is told").anyMatch(text -> text.contains("no such key: [redacted]"));
        assertThat(outputs).noneMatch(text -> text.contains("canary"));
    }

    /** What a caller is told of the last failure. */
    private record Told(int status, String code) {
        static Told of(String failure) {
            return switch (failure) {
                case "rate_limited" -> new Told(429, "upstream_rate_limited");
                case "overloaded" -> new Told(503, "upstream_overloaded");
                case "credential" -> new Told(502, "upstream_credentials");
                case "transport" -> new Told(502, "upstream_unreachable");
                case "timeout" -> new Told(504, "upstream_timeout");
                case "upstream_fault" -> new Told(502, "upstream_error");
                case "stream_broken" -> new Told(502, "stream_broken");
                default -> throw new IllegalArgumentException(failure);
            };
        }
    }
}
