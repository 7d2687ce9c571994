package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.STREAM_BODY;
import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void running_calls_finish_and_new_ones_are_sent_elsewhere() {
        CompletableFuture<HttpResponse<String>> running = gateway.chatLater(STREAM_BODY);
        FakeCall call = gateway.calls.next().begin().text("one");
        CompletionStage<Boolean> drained = gateway.server.drain(Duration.ofSeconds(10));

        HttpResponse<String> refused = gateway.chat(BODY);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused.body()).at("/error/code").asText()).isEqualTo("shutting_down");
        assertThat(header(refused, "connection")).isEqualTo("close");
        assertThat(gateway.calls.noneArrived()).isTrue();
        assertThat(drained.toCompletableFuture()).isNotDone();

        call.text("two").deliver();
        assertThat(TestGateway.await(running).body()).contains("two").endsWith("data: [DONE]\n\n");
        assertThat(TestGateway.await(drained)).isTrue();
    }

    @Test
    void a_connection_is_closed_only_after_its_client_was_told() throws Exception {
        try (RawClient client = gateway.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY));
            FakeCall call = gateway.calls.next().begin().text("one");
            client.readUntil("one");
            gateway.server.drain(Duration.ofSeconds(10));
            call.deliver();
            client.readUntil("[DONE]");
            // Its head was sent before the draining, so the client may use the connection once more, and learns.
            client.write(RawClient.post("/v1/chat/completions", "", BODY));
            assertThat(client.readAll())
                    .contains("503")
                    .contains("connection: close")
                    .contains("shutting_down");
        }
    }

    @Test
    void health_answers_while_draining() {
        gateway.chatLater(BODY);
        FakeCall call = gateway.calls.next();
        gateway.server.drain(Duration.ofSeconds(10));
        assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(503);
        assertThat(json(gateway.get("/readyz").body()).get("status").asText()).isEqualTo("draining");
        call.begin().body("{}").deliver();
    }

    @Test
    void an_idle_gateway_is_drained_at_once() {
        assertThat(TestGateway.await(gateway.server.drain(Duration.ofSeconds(10))))
                .isTrue();
    }

    @Test
    void a_call_that_takes_too_long_is_told_about_and_loses_its_client_at_the_close() throws Exception {
        gateway.chatLater(BODY);
        FakeCall call = gateway.calls.next();
        assertThat(TestGateway.await(gateway.server.drain(Duration.ofMillis(50))))
                .isFalse();
        assertThat(call.hasLeft()).isFalse();
        TestGateway.await(gateway.server.close());
        assertThat(call.awaitLeft()).isTrue();
    }
}
