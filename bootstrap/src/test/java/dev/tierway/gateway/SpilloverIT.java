package dev.tierway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpilloverIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLS = 120;

    private TwoUpstreams fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TwoUpstreams();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void killing_an_upstream_in_mid_traffic_loses_no_unary_call_and_no_uncommitted_stream() throws Exception {
        SimulatedScript slow = SimulatedScript.HEALTHY.latency(Duration.ofSeconds(5), Duration.ofMillis(2));
        fleet.a.scripts().standard(slow);
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String stream = i % 2 == 0 ? "false" : "true";
            calls.add(fleet.client.sendAsync(
                    fleet.request(
                            "/v1/chat/completions",
                            "{\"model\":\"tier:mid/code\",\"stream\":" + stream
                                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                    HttpResponse.BodyHandlers.ofString()));
        }
        fleet.a.awaitRequests(CALLS / 2).get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        fleet.a.refuseConnections().get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);

        int spilled = 0;
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            HttpResponse<String> reply = call.get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            boolean stream =
                    reply.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
            assertThat(reply.body()).contains(stream ? "data: [DONE]" : "\"finish_reason\":\"stop\"");
            JsonNode decision = decision(reply);
            JsonNode rounds = decision.get("rounds");
            if (rounds.size() > 1) {
                spilled++;
                assertThat(rounds.get(0).get("result").get("class").asText()).isEqualTo("transport");
                assertThat(decision.get("summary").asText())
                        .startsWith("b/m answered, after a/m ")
                        .contains("transport");
            }
        }
        assertThat(spilled).isPositive();
    }

    @Test
    void the_decision_of_a_call_that_nobody_answered_names_every_attempt_and_what_to_do() throws Exception {
        fleet.a.refuseConnections().get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        fleet.b.refuseConnections().get(TwoUpstreams.PATIENCE_SECONDS, TimeUnit.SECONDS);
        HttpResponse<String> reply = fleet.post(
                "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(reply.statusCode()).isEqualTo(502);
        JsonNode error = JSON.readTree(reply.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo("upstream_unreachable");
        assertThat(error.get("message").asText()).contains("a/m", "b/m", "/v1/route/decisions/");
        assertThat(error.get("decision").asText()).startsWith("dec_");
    }

    private JsonNode decision(HttpResponse<String> reply) throws Exception {
        String id = reply.headers().firstValue("x-tierway-decision").orElseThrow();
        HttpResponse<String> found = fleet.get("/v1/route/decisions/" + id);
        assertThat(found.statusCode()).isEqualTo(200);
        return JSON.readTree(found.body());
    }
}
