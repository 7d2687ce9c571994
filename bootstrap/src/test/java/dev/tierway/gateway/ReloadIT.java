package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tierway.InvalidConfigException;
import dev.tierway.Tierway;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.config.ConfigOutcome;
import dev.tierway.application.port.in.CallOptions;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.operator.Scope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose configuration changes while it runs. */
class ReloadIT {
    private static final String CONFIG = """
        providers:
          - { id: west, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
          - { id: east, kind: simulated, simulated: { ttft: 0ms, per-token: 0ms } }
        models:
          - id: m
            tier: mid
            use-cases: [chat]
            replicas: [ %s ]
        routes: { fast: %s }
        routing: { strategy: priority }
        budgets: { rules: [ { id: house, requests-per-day: %d } ] }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;
    private static final String WEST = "{ provider: west, price: { input: 1, output: 1 } }";
    private static final String EAST = "{ provider: east, priority: 0, price: { input: 2, output: 2 } }";

    @TempDir
    Path folder;

    private static String config(String replicas) {
        return CONFIG.formatted(replicas, "m", 1000);
    }

    private ReloadedGateway gateway() throws Exception {
        return new ReloadedGateway(folder, config(WEST), Map.of("KEY", "sk-canary-1"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @Test
    void a_replica_comes_and_goes_and_calls_say_which_configuration_decided() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            assertThat(gateway.replica("m")).isEqualTo("west/m");

            JsonNode added = gateway.reload(config(WEST + ", " + EAST));
            assertThat(added.path("outcome").asText()).isEqualTo("applied");
            assertThat(List.of(
                            added.path("before").asLong(),
                            added.path("generation").asLong()))
                    .containsExactly(1L, 2L);
            assertThat(texts(added.path("changes"))).anyMatch(change -> change.startsWith("models[m].replicas[east]"));
            JsonNode decision = gateway.decision("m");
            assertThat(decision.at("/outcome/replica").asText()).isEqualTo("east/m");
            assertThat(decision.path("config").asLong()).isEqualTo(2);

            gateway.reload(config(EAST));
            assertThat(gateway.replica("west/m")).isEqualTo("HTTP 404");
            assertThat(gateway.replica("m")).isEqualTo("east/m");
            assertThat(gateway.metric("tierway_config_generation")).isEqualTo(3);
        }
    }

    @Test
    void routes_prices_and_limits_follow() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            String cost = gateway.call("fast")
                    .headers()
                    .firstValue("x-tierway-cost-usd")
                    .orElseThrow();
            gateway.reload(
                    CONFIG.formatted(WEST.replace("input: 1, output: 1", "input: 100, output: 100"), "west/m", 2));

            String dearer = gateway.call("fast")
                    .headers()
                    .firstValue("x-tierway-cost-usd")
                    .orElseThrow();
            assertThat(Double.parseDouble(dearer)).isGreaterThan(50 * Double.parseDouble(cost));
            assertThat(gateway.replica("m")).as("two of the day are used").isEqualTo("HTTP 429");

            gateway.reload(CONFIG.formatted(WEST, "m", 1000));
            assertThat(gateway.replica("m"))
                    .as("the limit rises, what is used stays used")
                    .isEqualTo("west/m");
        }
    }

    @Test
    void a_bad_file_changes_nothing_and_says_everything_that_is_wrong() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            gateway.write(config("{ provider: nobody, wieght: 3 }"));
            HttpResponse<String> refused = gateway.admin("/admin/config/reload", "{}");

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("invalid_config", "nobody", "did you mean 'weight'?", "tierway.yaml:8");
            assertThat(gateway.replica("m")).isEqualTo("west/m");
            assertThat(gateway.metric("tierway_config_generation")).isEqualTo(1);
            assertThat(gateway.metric("tierway_config_reloads_total{outcome=\"refused\"}"))
                    .isEqualTo(1);
            assertThat(gateway.metric("tierway_config_last_reload_successful")).isZero();

            assertThat(gateway.reload(config(WEST)).path("outcome").asText()).isEqualTo("unchanged");
            assertThat(gateway.metric("tierway_config_last_reload_successful")).isEqualTo(1);
        }
    }

    @Test
    void what_needs_a_restart_is_named_and_nothing_of_the_file_is_taken() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            JsonNode refused = gateway.reload(config(WEST + ", " + EAST)
                    .replace("server: { port: 0", "server: { bind: localhost, port: 0")
                    .replace("ledger: { store: memory }", "ledger: { store: sqlite, path: other.db }")
                    .replace("budgets: {", "budgets: { time-zone: Europe/Berlin,"));

            assertThat(refused.path("outcome").asText()).isEqualTo("refused");
            assertThat(String.join("\n", texts(refused.path("problems"))))
                    .contains(
                            "server.bind: 127.0.0.1 -> localhost",
                            "storage.ledger.store: memory -> sqlite",
                            "budgets.time-zone",
                            "restart it");
            assertThat(gateway.replica("m")).isEqualTo("west/m");
        }
    }

    @Test
    void rules_about_tools_follow_and_what_keeps_steps_needs_a_restart() throws Exception {
        String able = config(WEST).replace("    use-cases: [chat]", "    use-cases: [chat]\n    capabilities: [tools]");
        try (ReloadedGateway gateway = new ReloadedGateway(folder, able, Map.of())) {
            assertThat(gateway.offer("shell_run").statusCode()).isEqualTo(200);

            JsonNode applied = gateway.reload(able + "agents: { tools: { deny: [\"shell_*\"], offered: refuse } }\n");
            assertThat(applied.path("outcome").asText()).as(applied.toString()).isEqualTo("applied");
            assertThat(gateway.offer("shell_run").statusCode()).isEqualTo(403);

            JsonNode refused = gateway.reload(able + "agents: { checkpoints: on }\n");
            assertThat(String.join("\n", texts(refused.path("problems")))).contains("agents.checkpoints");
            assertThat(gateway.offer("shell_run").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void the_command_lines_ports_stay_and_no_file_is_no_reload() throws Exception {
        try (Tierway tierway = Tierway.builder().config(config(WEST)).build()) {
            Assertions.assertThatThrownBy(tierway::reload)
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("wasn't started with a configuration file");
        }
    }

    @Test
    void a_new_key_is_used_at_once_and_what_was_held_against_the_old_one_is_forgotten() throws Exception {
        List<String> keys = new ArrayList<>();
        HttpServer vendor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        vendor.createContext("/", exchange -> {
            String key = exchange.getRequestHeaders().getFirst("authorization");
            synchronized (keys) {
                keys.add(key);
            }
            boolean good = "Bearer good".equals(key);
            byte[] body = (good
                            ? "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                                  + "\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
                                  + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}"
                            : "{\"error\":{\"message\":\"no\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(good ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        vendor.start();
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "bad");
        String config = """
            providers: [ { id: v, kind: openai-compatible, base-url: "http://127.0.0.1:%d", api-key: "${file:secret}" } ]
            models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: v } ] } ]
            storage: { ledger: { store: memory }, quota: { store: memory } }
            server: { port: 0, admin: { port: 0 } }
            """.formatted(vendor.getAddress().getPort());
        try (ReloadedGateway gateway = new ReloadedGateway(folder, config, Map.of())) {
            assertThat(gateway.replica("m")).isEqualTo("HTTP 502");
            Files.writeString(secret, "good");

            JsonNode applied = gateway.reload();

            assertThat(texts(applied.path("changes"))).containsExactly("providers[v]: a secret in it is another one");
            assertThat(gateway.replica("m"))
                    .as("the circuit of the old key counts no more")
                    .isEqualTo("v/m");
            assertThat(keys).last().isEqualTo("Bearer good");
        } finally {
            vendor.stop(0);
        }
    }

    @Test
    void an_earlier_one_comes_back_under_a_new_number_and_the_file_stays() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            gateway.reload(config(EAST));
            JsonNode back = gateway.rollback(1);

            assertThat(back.path("generation").asLong()).isEqualTo(3);
            assertThat(texts(back.path("warnings"))).anyMatch(warning -> warning.contains("the file still differs"));
            assertThat(gateway.replica("m")).isEqualTo("west/m");
            assertThat(Files.readString(gateway.file)).isEqualTo(config(EAST));
            JsonNode history = gateway.history();
            assertThat(List.of(
                            history.path(0).path("rollback_to").asLong(),
                            history.path(1).path("generation").asLong(),
                            history.path(2).path("generation").asLong()))
                    .containsExactly(1L, 2L, 1L);
            assertThat(history.path(0).path("hash")).isEqualTo(history.path(2).path("hash"));
            assertThat(history.path(1).path("author").asText()).isEqualTo("local/ann");
            assertThat(history.path(1).path("reason").asText()).isEqualTo("a test");
            assertThat(history.path(1).path("config").path("models").isArray()).isTrue();

            assertThat(gateway.reload().path("generation").asLong())
                    .as("the file is read again")
                    .isEqualTo(4);
            assertThat(gateway.replica("m")).isEqualTo("east/m");
        }
    }

    @Test
    void a_generation_that_is_not_there_is_refused_in_words() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            HttpResponse<String> refused = gateway.admin("/admin/config/rollback", "{\"to\":77}");

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("there is no generation 77", "config_not_kept");
        }
    }

    @Test
    void operators_orders_and_what_was_learned_outlive_it() throws Exception {
        try (ReloadedGateway gateway = gateway()) {
            gateway.reload(config(WEST + ", " + EAST));
            gateway.gateway.tierway().operate().drain(Scope.provider("east"));
            assertThat(gateway.replica("m")).isEqualTo("west/m");

            gateway.reload(config(WEST + ", " + EAST.replace("priority: 0", "priority: 0, weight: 3")));

            assertThat(gateway.replica("m")).as("east is drained still").isEqualTo("west/m");
            assertThat(gateway.gateway.tierway().fleet().replicas())
                    .filteredOn(replica -> replica.id().equals("west/m"))
                    .allSatisfy(replica -> assertThat(replica.ttftMillis()).isNotNull());
        }
    }

    @Test
    void secrets_are_in_no_answer() throws Exception {
        String config = config(WEST)
                .replace(
                        "  - { id: east,",
                        "  - { id: cloud, kind: openai-compatible, base-url: 'http://127.0.0.1:9', api-key: '${KEY}'"
                                + " }\n"
                                + "  - { id: plain, kind: openai-compatible, base-url: 'http://127.0.0.1:9', api-key:"
                                + " sk-canary-2 }\n"
                                + "  - { id: east,");
        try (ReloadedGateway gateway = gateway()) {
            JsonNode applied = gateway.reload(config);
            assertThat(applied.path("outcome").asText()).isEqualTo("applied");
            String seen =
                    applied + gateway.history().toString() + gateway.admin("/admin/config") + gateway.admin("/metrics");

            assertThat(seen).doesNotContain("canary").contains("${KEY}");
            assertThat(gateway.history().path(0).path("incomplete").asText()).contains("providers[2].api-key");
        }
    }

    @Test
    void a_java_program_reloads_a_file_a_configuration_and_goes_back() throws Exception {
        Path file = folder.resolve("embedded.yaml");
        Files.writeString(file, config(WEST));
        try (Tierway tierway = Tierway.open(file)) {
            assertThat(tierway.reload()).isEqualTo(new ConfigOutcome.Unchanged(1));
            Files.writeString(file, config(EAST));

            assertThat(tierway.reload()).isInstanceOf(ConfigOutcome.Applied.class);
            assertThat(answering(tierway)).isEqualTo("east/m");
            assertThat(tierway.config().models().getFirst().replicas()).hasSize(1);
            tierway.reload(dev.tierway.GatewayConfig.parse(config(WEST), Map.of()));
            assertThat(answering(tierway)).isEqualTo("west/m");
            assertThat(tierway.rollback(2).generation()).isEqualTo(4);
            assertThat(answering(tierway)).isEqualTo("east/m");
            assertThat(tierway.configHistory(10)).hasSize(4);

            Files.writeString(file, "providers: []\n");
            Assertions.assertThatThrownBy(tierway::reload)
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("models");
            assertThat(answering(tierway)).isEqualTo("east/m");
        }
    }

    private static String answering(Tierway tierway) {
        return tierway.call(Target.parse("m"), ChatRequest.of("hello"), CallOptions.NONE)
                                .selection()
                                .result()
                        instanceof CallResult.Delivered delivered
                ? delivered.replica().value()
                : "nobody";
    }

    @Test
    void numbers_go_on_where_the_history_is_kept() throws Exception {
        String config = config(WEST)
                .replace(
                        "ledger: { store: memory }",
                        "ledger: { store: sqlite, path: \"%s\" }".formatted(folder.resolve("kept.db")));
        try (ReloadedGateway gateway = new ReloadedGateway(folder, config, Map.of())) {
            gateway.reload(config.replace("tier: mid", "tier: small"));
        }
        try (ReloadedGateway gateway = new ReloadedGateway(folder, config, Map.of())) {
            assertThat(gateway.metric("tierway_config_generation")).isEqualTo(3);
            assertThat(gateway.rollback(2).path("generation").asLong()).isEqualTo(4);
            assertThat(gateway.gateway.tierway().models().getFirst().tier().id())
                    .isEqualTo("small");
        }
        try (ReloadedGateway gateway =
                new ReloadedGateway(folder, config.replace("tier: mid", "tier: small"), Map.of())) {
            assertThat(gateway.metric("tierway_config_generation"))
                    .as("the newest already")
                    .isEqualTo(4);
        }
    }
}
