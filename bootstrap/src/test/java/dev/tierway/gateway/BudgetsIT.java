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

/** Budgets over real sockets: what callers are told before, at and after the limit. */
class BudgetsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
        providers: [{ id: vendor, kind: simulated }]
        models:
          - { id: m, tier: mid, use-cases: [chat], max-output-tokens: 1000, replicas: [{ provider: vendor, price: { input: 1, output: 10 } }] }
          - { id: unpriced, tier: small, use-cases: [chat], max-output-tokens: 1000, replicas: [{ provider: vendor }] }
        budgets:
          rules:
            - { id: bots, for: { agent: "*" }, usd: 0.012, per: month }
            - { id: polite, for: { user: "*" }, requests-per-hour: 2 }
            - { id: trial, for: { tag: "team=search" }, usd: 0.001, per: day, enforce: false }
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

    private HttpResponse<String> send(String uri, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri)).header("content-type", "application/json");
        return client.send(
                (body == null ? request : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String model, String options) throws Exception {
        return send("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions", """
            {"model":"%s","messages":[{"role":"user","content":"hello"}],"tierway":{%s}}
            """.formatted(model, options));
    }

    /** A call is recorded after its caller has its answer. */
    private String awaited(String uri, String text) throws Exception {
        long until = System.nanoTime() + 10_000_000_000L;
        String body = send(uri, null).body();
        while (!body.contains(text) && System.nanoTime() < until) {
            body = send(uri, null).body();
        }
        return body;
    }

    private JsonNode decision(HttpResponse<String> reply) throws Exception {
        String id = reply.headers().firstValue("x-tierway-decision").orElseThrow();
        return JSON.readTree(
                awaited("http://127.0.0.1:" + gateway.apiPort() + "/v1/route/decisions/" + id, "\"limits\""));
    }

    @Test
    void a_call_that_might_cost_more_than_is_left_gets_402_and_is_told_what_fits() throws Exception {
        HttpResponse<String> first = ask("m", "\"agent\":\"bot\"");
        assertThat(first.statusCode()).isEqualTo(200);
        JsonNode limit = decision(first).at("/limits/0");
        assertThat(limit.get("limit").textValue()).isEqualTo("budget:bots/agent=bot");
        assertThat(limit.get("reserved_usd").textValue()).startsWith("0.01");
        assertThat(Double.parseDouble(limit.get("settled_usd").textValue()))
                .isPositive()
                .isLessThan(0.01);

        HttpResponse<String> reply = first;
        for (int call = 0; call < 100 && reply.statusCode() == 200; call++) {
            reply = ask("m", "\"agent\":\"bot\"");
        }

        assertThat(reply.statusCode()).isEqualTo(402);
        JsonNode error = JSON.readTree(reply.body()).get("error");
        assertThat(error.get("code").textValue()).isEqualTo("budget_exceeded");
        assertThat(error.get("message").textValue())
                .contains("budget 'bots' (agent=bot) allows 0.012 USD per month", "would fit", "try again at");
        assertThat(reply.headers().firstValue("x-should-retry")).contains("false");
        assertThat(ask("m", "\"agent\":\"other\"").statusCode())
                .as("each agent has its own")
                .isEqualTo(200);
    }

    @Test
    void a_rate_of_the_callers_own_answers_429_with_headers() throws Exception {
        HttpResponse<String> first = ask("m", "\"user\":\"u\"");
        assertThat(first.headers().firstValue("x-ratelimit-limit-requests")).contains("2");
        assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("1");
        HttpResponse<String> second = ask("m", "\"user\":\"u\"");
        assertThat(second.headers().firstValue("x-tierway-warnings").orElseThrow())
                .contains("budget 'polite' (user=u): 0 requests of 2 requests per hour left");

        HttpResponse<String> third = ask("m", "\"user\":\"u\"");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(third.body()).at("/error/code").textValue()).isEqualTo("rate_limit_exceeded");
        assertThat(third.headers().firstValue("retry-after")).isPresent();
        assertThat(third.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
    }

    @Test
    void a_budget_that_is_not_enforced_warns_and_lets_calls_pass() throws Exception {
        HttpResponse<String> reply = ask("m", "\"tags\":{\"team\":\"search\"}");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("x-tierway-warnings").orElseThrow())
                .contains("budget 'trial': exceeded");
        String gauge = "tierway_budget_used_ratio{budget=\"trial\"}";
        assertThat(awaited("http://127.0.0.1:" + gateway.adminPort() + "/metrics", gauge))
                .contains(gauge);
    }

    @Test
    void an_unknown_price_does_not_slip_by_an_enforced_budget() throws Exception {
        HttpResponse<String> reply = ask("unpriced", "\"agent\":\"bot\"");

        assertThat(reply.statusCode()).isEqualTo(402);
        assertThat(JSON.readTree(reply.body()).at("/error/code").textValue()).isEqualTo("cost_unknown");
        assertThat(ask("unpriced", "").statusCode()).as("without a budget").isEqualTo(200);
    }
}
