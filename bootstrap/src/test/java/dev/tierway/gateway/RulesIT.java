package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.GatewayConfig;
import dev.tierway.bootstrap.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules, experiments and unlisted models over real sockets. */
class RulesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
        providers:
          - { id: east, kind: simulated }
          - { id: west, kind: simulated }
          - { id: hub, kind: simulated, passthrough: true }
          - { id: dead, kind: simulated, simulated: { faults: [{ fault: status, status: 500 }] } }
        models:
          - id: old
            tier: mid
            use-cases: [chat]
            replicas:
              - { provider: east, price: { input: 1, output: 1 } }
              - { provider: west, tags: [eu], price: { input: 9, output: 9 } }
          - { id: new, tier: small, use-cases: [chat], replicas: [{ provider: dead, price: { input: 1, output: 1 } }] }
        routes:
          support: { targets: [{ to: old, weight: 1 }], strategy: weighted }
        rules:
          - { id: eu, when: { header: { x-region: eu } }, require: { tags: [eu] } }
          - { id: sql, when: { content: { matches: ["(?i)select\\\\s.+\\\\sfrom"] } }, to: west/old }
          - id: trial
            when: { model: "tier:mid/chat" }
            ab-test: { sticky-by: user, arms: { a: { to: old, weight: 1 }, b: { to: new, weight: 0 } } }
          - id: doomed
            when: { model: support }
            ab-test: { arms: { a: { to: new, weight: 1 }, b: { to: old, weight: 0 } } }
        storage: { ledger: { store: memory }, quota: { store: memory } }
        server: { port: 0, admin: { port: 0 } }
        """;

    private final HttpClient client = HttpClient.newHttpClient();
    private Gateway gateway;

    @BeforeEach
    void start() {
        gateway = Gateway.start(GatewayConfig.parse(CONFIG, Map.of()));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    private HttpResponse<String> ask(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String body(String model, String text, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]}";
    }

    private JsonNode admin(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse(null);
    }

    @Test
    void a_header_narrows_where_a_call_may_go() throws Exception {
        HttpResponse<String> reply = ask(body("old", "hi", false), "X-Region", "eu");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(header(reply, "x-tierway-replica")).isEqualTo("west/old");
        assertThat(header(reply, "x-tierway-rule")).isEqualTo("eu");
        assertThat(header(reply, "x-tierway-arm")).isNull();
        assertThat(header(ask(body("old", "hi", false)), "x-tierway-rule")).isNull();
    }

    @Test
    void what_the_messages_say_sends_a_call_elsewhere() throws Exception {
        HttpResponse<String> reply = ask(body("old", "please: SELECT a FROM b", false));

        assertThat(header(reply, "x-tierway-replica")).isEqualTo("west/old");
        assertThat(header(reply, "x-tierway-rule")).isEqualTo("sql");
        JsonNode decision = JSON.readTree(client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort()
                                        + "/v1/route/decisions/" + header(reply, "x-tierway-decision")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        assertThat(decision.at("/asked/rule").asText()).isEqualTo("sql");
        assertThat(decision.at("/asked/level").asText()).isEqualTo("model");
        assertThat(decision.toString()).doesNotContain("SELECT");
    }

    @Test
    void an_arm_is_told_in_a_header_of_unary_and_streamed_replies() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            HttpResponse<String> reply = ask(body("tier:mid", "hi", stream), "x-tierway-user", "u1");
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            assertThat(header(reply, "x-tierway-rule")).isEqualTo("trial");
            assertThat(header(reply, "x-tierway-arm")).isEqualTo("a");
        }
        JsonNode arm = arm(0, "delivered", 2);
        assertThat(arm.get("arm").asText()).isEqualTo("a");
        assertThat(arm.get("delivered").asInt()).isEqualTo(2);
        assertThat(arm.at("/success/value").asDouble()).isEqualTo(1);
        assertThat(arm.at("/mean_ttft_ms/value").isNumber()).isTrue();
        assertThat(metrics("tierway_experiment_calls_total{arm=\"a\",outcome=\"delivered\",rule=\"trial\"} 2.0"))
                .contains("tierway_experiment_calls_total{arm=\"a\",outcome=\"delivered\",rule=\"trial\"} 2.0")
                .contains("tierway_rule_calls_total{rule=\"trial\"} 2.0");
    }

    @Test
    void an_arm_that_fails_spills_to_what_was_asked_for_and_stays_out_of_the_read_out() throws Exception {
        HttpResponse<String> reply = ask(body("support", "hi", false));

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(header(reply, "x-tierway-model")).isEqualTo("old");
        assertThat(header(reply, "x-tierway-attempts")).isEqualTo("2");
        JsonNode arm = arm(1, "spilled", 1);
        assertThat(arm.get("spilled").asInt()).isEqualTo(1);
        assertThat(arm.get("delivered").asInt()).isZero();
    }

    /** A call is counted after its caller has its answer. */
    /** The arm once so many of its calls are counted so: that is done after the caller has its answer. */
    private JsonNode arm(int experiment, String counted, int calls) throws Exception {
        long until = System.nanoTime() + 10_000_000_000L;
        JsonNode arm = admin("/admin/experiments").at("/experiments/" + experiment + "/arms/0");
        while (arm.get(counted).asInt() < calls && System.nanoTime() < until) {
            arm = admin("/admin/experiments").at("/experiments/" + experiment + "/arms/0");
        }
        return arm;
    }

    /** The metrics once they tell that, or after ten seconds. */
    private String metrics(String told) throws Exception {
        long until = System.nanoTime() + 10_000_000_000L;
        String metrics = metrics();
        while (!metrics.contains(told) && System.nanoTime() < until) {
            metrics = metrics();
        }
        return metrics;
    }

    private String metrics() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void an_unlisted_model_of_a_passthrough_provider_is_served_under_its_own_name() throws Exception {
        HttpResponse<String> reply = ask(body("hub/hf.co/org/model", "hi", false));

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(header(reply, "x-tierway-replica")).isEqualTo("hub/hf.co/org/model");
        assertThat(header(reply, "x-tierway-cost-usd"))
                .as("its price is unknown")
                .isNull();
        assertThat(metrics("replica=\"hub/hf.co/org/model\"")).contains("replica=\"hub/hf.co/org/model\"");
        JsonNode fleet = admin("/admin/fleet");
        assertThat(fleet.get("replicas")).anySatisfy(replica -> {
            assertThat(replica.get("id").asText()).isEqualTo("hub/+unlisted");
            assertThat(replica.get("calls").asInt()).isEqualTo(1);
        });
        assertThat(ask(body("east/hf.co/org/model", "hi", false)).statusCode()).isEqualTo(404);
    }

    @Test
    void models_say_who_serves_unlisted_ones() throws Exception {
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/models"))
                .build();
        JsonNode models = JSON.readTree(
                client.send(list, HttpResponse.BodyHandlers.ofString()).body());
        assertThat(models.at("/tierway/passthrough/0").asText()).isEqualTo("hub/NAME");
        HttpRequest one = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/models/hub/org/x"))
                .build();
        JsonNode model = JSON.readTree(
                client.send(one, HttpResponse.BodyHandlers.ofString()).body());
        assertThat(model.at("/tierway/kind").asText()).isEqualTo("passthrough");
        assertThat(model.at("/tierway/upstream_model").asText()).isEqualTo("org/x");
    }

    @Test
    void an_unknown_strategy_is_the_callers_mistake_and_names_those_there_are() throws Exception {
        HttpResponse<String> reply = ask(body("old", "hi", false), "x-tierway-strategy", "fastest");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("unknown strategy 'fastest'; strategies are adaptive, priority");
        assertThat(ask(body("old", "hi", false), "x-tierway-strategy", "lowest_latency")
                        .statusCode())
                .isEqualTo(200);
    }
}
