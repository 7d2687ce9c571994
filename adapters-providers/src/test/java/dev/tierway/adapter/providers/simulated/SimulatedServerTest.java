package dev.tierway.adapter.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as any client sees it: here the JDK's. */
class SimulatedServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private SimulatedServer server;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedServer.start(vertx, "box", new ScriptBook(SimulatedScript.HEALTHY))
                .get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_unary_completion_names_server_and_model_and_counts_its_tokens() throws Exception {
        JsonNode reply = JSON.readTree(post(HELLO + "}").body());
        assertThat(reply.at("/choices/0/message/content").asText()).contains("This is m at box", "hello");
        assertThat(reply.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(reply.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
        assertThat(reply.at("/usage/completion_tokens").asInt()).isEqualTo(24);
        assertThat(server.counts().inputTokens()).isEqualTo(5);
        assertThat(server.counts().outputTokens()).isEqualTo(24);
        assertThat(server.awaitCompleted(1).get(30, TimeUnit.SECONDS).requests())
                .isEqualTo(1);
    }

    @Test
    void the_nth_answer_is_the_same_in_every_run() throws Exception {
        String first = post(HELLO + "}").body();
        String second = post(HELLO + "}").body();
        server.scripts().standard(SimulatedScript.HEALTHY);
        assertThat(post(HELLO + "}").body()).isEqualTo(first);
        assertThat(post(HELLO + "}").body()).isEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void a_stream_ends_with_done_and_reports_usage_only_if_asked() throws Exception {
        HttpResponse<String> plain = post(HELLO + ",\"stream\":true}");
        assertThat(plain.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(plain.body()).endsWith("data: [DONE]\n\n").doesNotContain("prompt_tokens");
        assertThat(post(HELLO + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
                        .body())
                .contains("\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":24,\"total_tokens\":29}");
    }

    @Test
    void a_demanded_tool_and_demanded_json_are_delivered() throws Exception {
        JsonNode tool = JSON.readTree(post(HELLO + ",\"tool_choice\":\"required\",\"tools\":[{\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":"
                        + "{\"n\":{\"type\":\"integer\"},\"unit\":{\"enum\":[\"C\",\"F\"]}}}}}]}")
                .body());
        JsonNode call = tool.at("/choices/0/message/tool_calls/0/function");
        assertThat(call.path("name").asText()).isEqualTo("f");
        assertThat(JSON.readTree(call.path("arguments").asText())).isEqualTo(JSON.readTree("{\"n\":1,\"unit\":\"C\"}"));
        JsonNode json = JSON.readTree(
                post(HELLO + ",\"response_format\":{\"type\":\"json_object\"}}").body());
        assertThat(JSON.readTree(json.at("/choices/0/message/content").asText()).isObject())
                .isTrue();
    }

    @Test
    void several_choices_are_several_answers() throws Exception {
        JsonNode reply = JSON.readTree(post(HELLO + ",\"n\":3}").body());
        assertThat(reply.path("choices")).hasSize(3);
        assertThat(reply.at("/usage/completion_tokens").asInt()).isEqualTo(72);
    }

    @Test
    void models_with_a_script_are_listed() throws Exception {
        server.scripts().of("gpt-x", SimulatedScript.HEALTHY);
        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/models")).build(), BodyHandlers.ofString());
        assertThat(JSON.readTree(reply.body()).at("/data/0/id").asText()).isEqualTo("gpt-x");
    }

    @Test
    void what_it_cannot_answer_is_refused_in_words() throws Exception {
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertThat(post("{}").body()).contains("messages are missing");
        assertThat(post(HELLO + ",\"temperature\":99}").body()).contains("temperature must be from 0 to 2");
        assertThat(post(HELLO + ",\"top_p\":99}").body()).contains("top_p must be from 0 to 1");
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/moderations"))
                                        .POST(BodyPublishers.ofString("{}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_status_fault_comes_with_its_headers_and_is_counted_by_stage() throws Exception {
        server.scripts()
                .of(
                        "m",
                        SimulatedScript.HEALTHY.fault(ScriptedFault.status(429)
                                .header("retry-after", "1")
                                .header("retry-after", "2")));
        HttpResponse<String> reply = post(HELLO + "}");
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().allValues("retry-after")).containsExactly("1", "2");
        assertThat(JSON.readTree(reply.body()).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(server.counts().faults().get(SimulatedFault.STATUS)).containsEntry(Stage.BEFORE_HEADERS, 1L);
        assertThat(server.counts().inputTokens()).isZero();
    }

    @Test
    void a_dead_server_lives_again_on_the_same_port() throws Exception {
        int port = server.port();
        server.refuseConnections().get(30, TimeUnit.SECONDS);
        assertThat(client.sendAsync(request(HELLO + "}"), BodyHandlers.ofString())
                        .handle((r, e) -> e != null)
                        .get())
                .isTrue();
        server.acceptConnections().get(30, TimeUnit.SECONDS);
        assertThat(server.port()).isEqualTo(port);
        assertThat(post(HELLO + "}").statusCode()).isEqualTo(200);
    }

    @Test
    void a_port_in_use_is_an_error_to_the_one_who_starts() throws Exception {
        assertThat(SimulatedServer.start(vertx, "other", new ScriptBook(SimulatedScript.HEALTHY), server.port())
                        .handle((started, error) -> error instanceof CompletionException ? error.getCause() : error)
                        .get(30, TimeUnit.SECONDS))
                .isInstanceOf(java.net.BindException.class);
    }

    @Test
    void a_chunked_request_is_read() throws Exception {
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(HELLO + "}")))
                .build();
        assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(server.recorded().getFirst().headers()).containsEntry("transfer-encoding", "chunked");
        assertThat(new String(server.recorded().getFirst().body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(HELLO + "}");
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(request(body), BodyHandlers.ofString());
    }
}
