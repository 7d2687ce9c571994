package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.GatewayConfig;
import dev.tierway.Tierway;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.agents.AgentRules;
import dev.tierway.application.agents.CallRecord;
import dev.tierway.application.agents.LoopSettings;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.error.LimitExceededException;
import dev.tierway.application.error.LoopDetectedException;
import dev.tierway.application.facade.Routed;
import dev.tierway.application.port.in.AgentMetrics;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.bootstrap.Gateway;
import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.agent.LoopRules;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.operator.Scope;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are limited and kept from going round in circles: over HTTP, from Java, and over a restart. */
@Timeout(180)
class AgentsIT {
    private static final String NO_LOOPS = "loops: { same-output: 0, same-state: 0, ping-pong: 0, same-tool-call: 0 }";

    /** Says the same to the same request, however often. */
    private static final SimulatedScript SAME = new SimulatedScript(
            1, Duration.ZERO, Duration.ZERO, 8, "I have done what was to be done.", List.of(), null);

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "sim", new ScriptBook(SAME))
                .get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
        vertx.close().await(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private GatewayConfig config(String agents) {
        return GatewayConfig.parse("""
            providers: [ { id: p, kind: openai-compatible, base-url: "%s" } ]
            models:
              - id: m
                tier: mid
                use-cases: [chat]
                capabilities: [tools]
                max-output-tokens: 1000
                replicas: [ { provider: p, price: { input: 1, output: 2 } } ]
            storage: { ledger: { store: sqlite, path: "%s" } }
            agents: { %s }
            server: { port: 0, admin: { port: 0 } }
            """.formatted(server.baseUrl(), folder.resolve("tierway.db"), agents), Map.of());
    }

    private HttpResponse<String> post(int port, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> call(Gateway gateway, String tierway, boolean stream) throws Exception {
        return post(
                gateway.apiPort(),
                "/v1/chat/completions",
                "{\"model\":\"m\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tierway\":{" + tierway + "}}");
    }

    private static String as(String agent, String workflow) {
        return "\"agent\":\"" + agent + "\",\"workflow\":\"" + workflow + "\"";
    }

    private static String warnings(HttpResponse<String> answer) {
        return String.join(" ", answer.headers().allValues("x-tierway-warnings"));
    }

    @Test
    void an_execution_has_no_more_steps_than_it_may_take_also_over_a_restart_until_it_is_reset() throws Exception {
        GatewayConfig config = config("default: { steps: 3, usd: 1.00 }, workflow: { steps: 5 }, " + NO_LOOPS);
        try (Gateway gateway = Gateway.start(config)) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = call(gateway, as("coder", "release"), i == 1);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            HttpResponse<String> over = call(gateway, as("coder", "release"), false);
            assertThat(over.statusCode()).isEqualTo(402);
            assertThat(over.body())
                    .contains(
                            "limit_exceeded", "'steps' of agent 'coder' in workflow 'release'", "3 requests are used");
            assertThat(call(gateway, as("critic", "release"), false).statusCode())
                    .isEqualTo(200);
        }
        try (Gateway gateway = Gateway.start(config)) {
            assertThat(call(gateway, as("coder", "release"), true).statusCode()).isEqualTo(402);
            assertThat(call(gateway, as("critic", "release"), false).statusCode())
                    .isEqualTo(200);
            HttpResponse<String> whole = call(gateway, as("tester", "release"), false);
            assertThat(whole.statusCode()).isEqualTo(402);
            assertThat(whole.body()).contains("'steps' of workflow 'release' allows 5 requests in total");
            assertThat(get(gateway.adminPort(), "/admin/agents").body())
                    .contains("\"workflow\":\"release\"", "\"limit\":\"steps\"", "\"used_up\"");

            HttpResponse<String> reset =
                    post(gateway.adminPort(), "/admin/agents/reset", "{\"workflow\":\"release\",\"reason\":\"again\"}");
            assertThat(reset.statusCode()).as(reset.body()).isEqualTo(200);
            assertThat(call(gateway, as("coder", "release"), false).statusCode())
                    .isEqualTo(200);

            HttpResponse<String> limits = post(
                    gateway.adminPort(),
                    "/admin/agents/limits",
                    "{\"agent\":\"coder\",\"limits\":{\"steps\":1,\"elapsed\":\"1h\"}}");
            assertThat(limits.statusCode()).as(limits.body()).isEqualTo(200);
            assertThat(call(gateway, as("coder", "release"), false).statusCode())
                    .isEqualTo(402);

            assertThat(get(gateway.adminPort(), "/metrics").body())
                    .contains("tierway_operator_actions_total{kind=\"reset\",scope=\"workflow\"} 1.0")
                    .contains("tierway_operator_overrides{kind=\"limits\",scope=\"agent\"} 1.0");

            AgentMetrics metrics = gateway.tierway().agents().metrics("coder");
            assertThat(metrics.calls())
                    .as("the ledger keeps what was before the workflow's reset")
                    .isEqualTo(4);
            assertThat(metrics.costUsd()).isNotEqualTo("0");
            assertThat(metrics.tokens())
                    .isEqualTo(metrics.input() + metrics.output())
                    .isPositive();
            assertThat(metrics.elapsedMillis()).isNotNull();
            assertThat(get(gateway.adminPort(), "/admin/agents/metrics?agent=coder")
                            .body())
                    .contains("\"calls\":4", "\"remaining\":[");
        }
    }

    @Test
    void time_is_up_also_over_a_restart() throws Exception {
        GatewayConfig config = config("default: { elapsed: 1s }, " + NO_LOOPS);
        try (Gateway gateway = Gateway.start(config)) {
            assertThat(call(gateway, as("coder", "release"), false).statusCode())
                    .isEqualTo(200);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            HttpResponse<String> late = call(gateway, as("coder", "release"), true);
            while (late.statusCode() == 200 && System.nanoTime() < deadline) {
                late = call(gateway, as("coder", "release"), true);
            }
            assertThat(late.statusCode()).isEqualTo(402);
            assertThat(late.body()).contains("limit_exceeded", "'elapsed'", "allows 1s");
        }
        try (Gateway gateway = Gateway.start(config)) {
            assertThat(call(gateway, as("coder", "release"), false).statusCode())
                    .isEqualTo(402);
            assertThat(call(gateway, as("coder", "other"), false).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void two_agents_that_play_ping_pong_are_stopped_within_the_configured_cycles() throws Exception {
        GatewayConfig config = config("loops: { same-output: 0, ping-pong: 4, action: stop }");
        try (Gateway gateway = Gateway.start(config)) {
            for (int turn = 1; turn <= 8; turn++) {
                HttpResponse<String> answer =
                        call(gateway, as(turn % 2 == 0 ? "critic" : "coder", "release"), turn == 3);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(warnings(answer).contains("ping_pong")).isEqualTo(turn == 8);
            }
            HttpResponse<String> refused = call(gateway, as("coder", "release"), false);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body())
                    .contains("loop_detected", "coder", "critic", "4 times", "tierway agents reset --workflow");
            assertThat(get(gateway.adminPort(), "/admin/agents").body()).contains("\"kind\":\"ping_pong\"");
            assertThat(get(gateway.adminPort(), "/metrics").body())
                    .contains("tierway_loops_total{action=\"stop\",kind=\"ping_pong\"} 1.0");
            assertThat(call(gateway, as("coder", "other"), false).statusCode()).isEqualTo(200);

            gateway.tierway().agents().reset(Scope.workflow("release"), "mended");
            assertThat(call(gateway, as("coder", "release"), false).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void the_same_answer_relayed_whole_or_in_pieces_and_the_same_state_are_loops() throws Exception {
        GatewayConfig config = config("loops: { same-output: 3, same-state: 4, ping-pong: 0, action: hint }");
        try (Gateway gateway = Gateway.start(config)) {
            String state = as("coder", "release") + ",\"state\":{\"todo\":[1,2]}";
            String same = as("coder", "release") + ",\"state\":{ \"todo\": [1, 2] }";
            call(gateway, state, false);
            call(gateway, same, true);
            HttpResponse<String> third = call(gateway, state, false);
            assertThat(warnings(third)).contains("same_output", "the next request is told so");
            assertThat(new String(server.recorded().getLast().body(), StandardCharsets.UTF_8))
                    .doesNotContain("[from the gateway]");

            HttpResponse<String> fourth = call(gateway, same, false);
            assertThat(fourth.statusCode()).as(fourth.body()).isEqualTo(200);
            assertThat(warnings(fourth)).contains("same_state", "a message was added to the request");
            assertThat(new String(server.recorded().getLast().body(), StandardCharsets.UTF_8))
                    .contains("[from the gateway]");
            HttpResponse<String> large =
                    call(gateway, as("coder", "release") + ",\"state\":\"" + "x".repeat(260 << 10) + "\"", false);
            assertThat(large.statusCode()).isEqualTo(400);
        }
    }

    private static Routed<ChatResponse> call(Tierway tierway, String agent) {
        return tierway.call(
                Target.model("m"),
                ChatRequest.of("hi"),
                CallOptions.builder().agent(agent).workflow("release").build());
    }

    @Test
    void java_limits_resets_and_remembers_agents() {
        try (Tierway tierway = Tierway.builder()
                .config(config("checkpoints: off"))
                .limits(AgentRules.each(ExecutionLimits.parse("steps=2")))
                .loopDetection(new LoopSettings(new LoopRules(2, 0, 0, 0, 20, LoopAction.STOP), false))
                .build()) {
            Routed<ChatResponse> first = call(tierway, "coder");
            Routed<ChatResponse> second = call(tierway, "coder");
            assertThat(second.selection().warnings())
                    .anySatisfy(words -> assertThat(words).contains("same_output"));
            assertThatThrownBy(() -> call(tierway, "coder")).isInstanceOf(LoopDetectedException.class);
            tierway.agents().reset(Scope.workflow("release"), null);
            call(tierway, "coder");
            tierway.agents().limit(Scope.agent("writer"), ExecutionLimits.parse("steps=1"), null, "short");
            call(tierway, "writer");
            assertThatThrownBy(() -> call(tierway, "writer"))
                    .isInstanceOfSatisfying(LimitExceededException.class, refused -> {
                        assertThat(refused.limit()).isEqualTo("steps");
                        assertThat(refused.used()).isEqualTo("1");
                        assertThat(refused.allowed()).isEqualTo("1");
                    });

            List<CallRecord> history = tierway.agents().history("coder", 10);
            assertThat(history).hasSize(3);
            assertThat(history.getLast().callId())
                    .isEqualTo(first.selection().identity().callId());
            assertThat(history).allSatisfy(record -> {
                assertThat(record.success()).isTrue();
                assertThat(record.replica()).isEqualTo("p/m");
                assertThat(record.cost()).isNotNull();
                assertThat(record.selection()).as("still in the log").isNotNull();
            });
            assertThat(tierway.agents().metrics().calls()).isEqualTo(4);
            assertThat(tierway.agents().status().scopes())
                    .anySatisfy(scope -> assertThat(scope.agent()).isEqualTo("coder"));
        }
    }

    @Test
    void another_configuration_changes_limits_and_loops_and_what_is_used_stays_used() {
        try (Tierway tierway = Tierway.builder()
                .config(config("default: { steps: 1 }, " + NO_LOOPS))
                .build()) {
            call(tierway, "coder");
            assertThatThrownBy(() -> call(tierway, "coder")).isInstanceOf(LimitExceededException.class);
            tierway.reload(config("default: { steps: 3 }, loops: { same-output: 2, action: stop }"));
            call(tierway, "coder");
            call(tierway, "coder");
            assertThatThrownBy(() -> call(tierway, "coder")).isInstanceOf(LoopDetectedException.class);
            tierway.reload(config("default: { steps: 3 }, " + NO_LOOPS));
            assertThatThrownBy(() -> call(tierway, "coder")).isInstanceOf(LimitExceededException.class);
        }
    }

    @Test
    void of_two_hundred_calls_at_once_no_more_than_allowed_reach_a_model() throws Exception {
        try (Tierway tierway = Tierway.builder()
                        .config(config("default: { steps: 20, tokens: 1000000 }, " + NO_LOOPS))
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit((Callable<Boolean>) () -> {
                        try {
                            call(tierway, "coder");
                            return true;
                        } catch (LimitExceededException over) {
                            return false;
                        }
                    }))
                    .toList();
            int delivered = 0;
            for (Future<Boolean> call : calls) {
                delivered += call.get(60, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(delivered).isEqualTo(20);
            assertThat(server.recorded()).hasSize(20);
        }
    }
}
