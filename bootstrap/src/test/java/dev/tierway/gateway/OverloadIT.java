package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.providers.simulated.ScriptBook;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.bootstrap.Gateway;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More calls than the one slot, the queue before it or the instance can take, over HTTP. */
class OverloadIT {
    private static final long PATIENCE_SECONDS = 20;
    private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String CONFIG = """
        providers:
          - { id: a, kind: openai-compatible, base-url: "%s" }
        models:
          - { id: m, tier: mid, use-cases: [chat], replicas: [{ provider: a, concurrency: 1 }] }
        overload: %s
        server: { port: 0, admin: { port: 0 } }
        """;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedServer upstream;

    @BeforeEach
    void start() throws Exception {
        SimulatedScript slow = SimulatedScript.HEALTHY.latency(Duration.ofMillis(150), Duration.ofMillis(1));
        upstream = SimulatedServer.start(vertx, "a", new ScriptBook(slow)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        upstream.close();
        vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Gateway gateway(String overload) {
        return Gateway.start(GatewayConfig.parse(CONFIG.formatted(upstream.baseUrl(), overload), Map.of()));
    }

    private List<HttpResponse<String>> together(Gateway gateway, int calls) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            running.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        List<HttpResponse<String>> replies = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> one : running) {
            replies.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return replies;
    }

    private static List<HttpResponse<String>> with(List<HttpResponse<String>> replies, int status) {
        return replies.stream().filter(reply -> reply.statusCode() == status).toList();
    }

    @Test
    void what_waits_is_served_in_turn_and_what_finds_the_queue_full_is_told_when_to_come_again() throws Exception {
        try (Gateway gateway = gateway("{ max-waiting: 3 }")) {
            List<HttpResponse<String>> replies = together(gateway, 12);

            assertThat(with(replies, 200)).as("one runs, three wait").hasSizeBetween(1, 4);
            assertThat(with(replies, 429))
                    .hasSize(12 - with(replies, 200).size())
                    .allSatisfy(reply -> {
                        assertThat(reply.body()).contains("capacity_exhausted");
                        assertThat(Integer.parseInt(reply.headers()
                                        .firstValue("retry-after")
                                        .orElseThrow()))
                                .isPositive();
                    });
            assertThat(upstream.counts().requests())
                    .isEqualTo(with(replies, 200).size());
            String metrics = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(metrics)
                    .contains("tierway_queue_depth{priority=\"normal\"} 0")
                    .contains("tierway_shed_calls_total{priority=\"normal\",reason=\"queue_full\"}");
        }
    }

    private CompletableFuture<HttpResponse<String>> send(Gateway gateway, String key) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.apiPort() + "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_modest_api_key_does_not_wait_for_all_calls_of_a_greedy_one() throws Exception {
        String keys = "auth: { mode: keys, keys: [ { id: greedy, secret: greedy-secret-0123456789 },"
                + " { id: modest, secret: modest-secret-0123456789 } ] }";
        AtomicInteger greedyDone = new AtomicInteger();
        try (Gateway gateway = gateway("{}\nrouting: { waiting: { park: 15s } }\n" + keys)) {
            List<CompletableFuture<?>> greedy = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                greedy.add(send(gateway, "greedy-secret-0123456789").whenComplete((reply, error) -> {
                    assertThat(reply.statusCode()).isEqualTo(200);
                    greedyDone.incrementAndGet();
                }));
            }
            upstream.awaitRequests(1).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> modest =
                        send(gateway, "modest-secret-0123456789").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(modest.statusCode()).isEqualTo(200);
            }

            assertThat(greedyDone)
                    .as("one after another they would all be done")
                    .hasValueLessThan(30);
            for (CompletableFuture<?> one : greedy) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void more_calls_than_one_instance_may_have_are_its_own_overload() throws Exception {
        try (Gateway gateway = gateway("{ max-calls: 1 }")) {
            List<HttpResponse<String>> replies = together(gateway, 6);

            assertThat(with(replies, 200)).isNotEmpty();
            assertThat(with(replies, 503)).isNotEmpty().allSatisfy(reply -> {
                assertThat(reply.body()).contains("\"code\":\"overloaded\"");
                assertThat(reply.headers().firstValue("retry-after")).isPresent();
            });
        }
    }
}
