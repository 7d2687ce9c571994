package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.STREAM_BODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.http.server.HttpLimits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2Test {
    private final TestGateway gateway = new TestGateway(HttpLimits.DEFAULTS, true);
    private final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

    @AfterAll
    void close() {
        gateway.close();
        TestGateway.await(vertx.close().toCompletionStage());
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    private HttpClientRequest request() {
        return request(gateway);
    }

    private HttpClientRequest request(TestGateway of) {
        HttpClientRequest request = TestGateway.await(
                client.request(HttpMethod.POST, of.server.actualPort(), "127.0.0.1", "/v1/chat/completions")
                        .toCompletionStage());
        return request.putHeader("content-type", "application/json");
    }

    @Test
    void calls_and_errors_are_answered() {
        gateway.calls.answer(call -> call.begin().body("{}").deliver());
        HttpClientResponse response =
                TestGateway.await(request().send(Buffer.buffer(BODY)).toCompletionStage());
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        HttpClientResponse refused =
                TestGateway.await(request().send(Buffer.buffer("{")).toCompletionStage());
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void a_stream_that_is_reset_has_lost_its_client() throws Exception {
        HttpClientRequest request = request();
        CompletableFuture<HttpClientResponse> response =
                request.send(Buffer.buffer(STREAM_BODY)).toCompletionStage().toCompletableFuture();
        FakeCall call = gateway.calls.next().begin().text("one");
        TestGateway.await(response).exceptionHandler(reset -> {});
        request.reset(0x8);
        assertThat(call.awaitLeft()).isTrue();
    }

    @Test
    void a_request_that_is_reset_before_its_answer_has_lost_its_client() throws Exception {
        HttpClientRequest request = request();
        request.send(Buffer.buffer(BODY));
        FakeCall call = gateway.calls.next();
        request.reset(0x8);
        assertThat(call.awaitLeft()).isTrue();
    }

    @Test
    void one_stream_that_leaves_leaves_the_others_alone() throws Exception {
        HttpClientRequest leaving = request();
        leaving.send(Buffer.buffer(BODY));
        FakeCall left = gateway.calls.next();
        CompletableFuture<HttpClientResponse> staying =
                request().send(Buffer.buffer(BODY)).toCompletionStage().toCompletableFuture();
        FakeCall stayed = gateway.calls.next();
        leaving.reset(0x8);
        assertThat(left.awaitLeft()).isTrue();
        stayed.begin().body("{}").deliver();
        assertThat(TestGateway.await(staying).statusCode()).isEqualTo(200);
        assertThat(stayed.hasLeft()).isFalse();
    }

    @Test
    void draining_refuses_without_headers_that_http2_forbids() {
        try (TestGateway draining = new TestGateway(HttpLimits.DEFAULTS, true)) {
            draining.server.drain(Duration.ofSeconds(1));
            HttpClientResponse response = TestGateway.await(
                    request(draining).send(Buffer.buffer(BODY)).toCompletionStage());
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.getHeader("connection")).isNull();
        }
    }
}
