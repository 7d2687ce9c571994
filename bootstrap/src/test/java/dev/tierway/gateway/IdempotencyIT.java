package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same idempotency key over HTTP: what clients see, and what upstreams. */
class IdempotencyIT {
    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private static String body(boolean stream, String text) {
        return "{\"model\":\"m\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }

    private HttpRequest request(String key, String body) {
        return HttpRequest.newBuilder(fleet.api("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> post(String key, String body) throws Exception {
        return fleet.client.send(request(key, body), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean replayed(HttpResponse<String> reply) {
        return reply.headers().firstValue("idempotent-replayed").orElse("").equals("true");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twice_at_once_and_once_more_is_one_call_upstream_and_one_answer(boolean stream) throws Exception {
        fleet.a.scripts().standard(SimulatedScript.HEALTHY.latency(Duration.ofMillis(300), Duration.ofMillis(1)));
        HttpRequest request = request("k1", body(stream, "hi"));
        CompletableFuture<HttpResponse<String>> first =
                fleet.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> second =
                fleet.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> one = first.get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        HttpResponse<String> two = second.get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        HttpResponse<String> three = post("k1", body(stream, "hi"));

        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body()).contains(stream ? "data: [DONE]" : "\"finish_reason\"");
        assertThat(two.body()).isEqualTo(one.body());
        assertThat(three.body()).isEqualTo(one.body());
        assertThat(fleet.a.counts().requests() + fleet.b.counts().requests()).isEqualTo(1);
        assertThat(replayed(one) ^ replayed(two)).as("one of them ran").isTrue();
        assertThat(replayed(three)).isTrue();
        assertThat(three.headers().firstValue("x-tierway-decision"))
                .isEqualTo(one.headers().firstValue("x-tierway-decision"));
        assertThat(three.headers().firstValue("content-type"))
                .isEqualTo(one.headers().firstValue("content-type"));
    }

    @Test
    void another_body_under_the_key_is_422() throws Exception {
        assertThat(post("k2", body(false, "hi")).statusCode()).isEqualTo(200);
        HttpResponse<String> other = post("k2", body(false, "ho"));

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency_key_reused");
        assertThat(other.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(fleet.a.counts().requests()).isEqualTo(1);
    }

    @Test
    void what_failed_may_be_sent_again() throws Exception {
        SimulatedScript failing = SimulatedScript.HEALTHY.fault(ScriptedFault.status(500));
        fleet.a.scripts().standard(failing);
        fleet.b.scripts().standard(failing);
        assertThat(post("k3", body(false, "hi")).statusCode()).isEqualTo(502);
        fleet.a.scripts().standard(SimulatedScript.HEALTHY);
        fleet.b.scripts().standard(SimulatedScript.HEALTHY);

        HttpResponse<String> again = post("k3", body(false, "hi"));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(replayed(again)).isFalse();
    }
}
