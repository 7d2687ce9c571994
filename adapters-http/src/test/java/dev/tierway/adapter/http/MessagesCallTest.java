package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.application.port.out.ReplyEvent.Frame.Kind;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.failure.FailureClass;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code /v1/messages} and what belongs to it, over a socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesCallTest {
    private static final String BODY =
            "{\"model\":\"tier:mid/chat\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = BODY.replace("{\"model\"", "{\"stream\":true,\"model\"");
    private static final String START = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{}}\n\n";
    private static final String STOP = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private final TestGateway gateway = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        return gateway.send(gateway.post(path, body, headers));
    }

    @Test
    void a_vendors_message_passes_byte_for_byte() {
        String reply = "{\"type\":\"message\", \"content\":[]}";
        gateway.calls.answer(call -> {
            assertThat(call.wire().format()).isEqualTo(WireFormat.ANTHROPIC_MESSAGES);
            call.begin().body(reply).deliver();
        });
        HttpResponse<String> response = post("/v1/messages", BODY);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(reply);
        assertThat(header(response, "x-tierway-replica")).isEqualTo("west/gpt-x");
    }

    @Test
    void a_vendors_stream_passes_byte_for_byte_and_its_end_carries_the_decision() {
        gateway.calls.answer(call -> call.begin()
                .frame(START, Kind.PREAMBLE)
                .frame("event: ping\ndata: {\"type\":\"ping\"}\n\n", Kind.PREAMBLE)
                .frame(STOP, Kind.SEMANTIC)
                .deliver());
        HttpResponse<String> response = post("/v1/messages", STREAM);
        assertThat(header(response, "content-type")).isEqualTo("text/event-stream");
        String before = START + "event: ping\ndata: {\"type\":\"ping\"}\n\n"
                + "event: message_stop\ndata: {\"type\":\"message_stop\",\"tierway\":";
        assertThat(response.body()).startsWith(before).endsWith("}\n\n");
        JsonNode tierway =
                json(response.body().substring(before.length(), response.body().length() - 3));
        assertThat(tierway.get("cost_usd").asText()).isEqualTo("0.005535");
        assertThat(tierway.get("replica").asText()).isEqualTo("west/gpt-x");
    }

    @Test
    void neutral_pieces_become_events() {
        gateway.calls.answer(call -> call.begin()
                .event(new ReplyEvent.Piece(new ChatEvent.Begin("", "", 5)))
                .event(new ReplyEvent.Piece(new ChatEvent.TextDelta(0, "hé")))
                .event(new ReplyEvent.Piece(new ChatEvent.Finished(0, FinishReason.STOP)))
                .deliver());
        String body = post("/v1/messages", STREAM).body();
        assertThat(body.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        assertThat(body).contains("\"id\":\"msg_dec_", "\"model\":\"gpt-x\"", "\"text\":\"hé\"", "\"tierway\":{");
    }

    @Test
    void errors_look_like_anthropics() {
        gateway.calls.refuse(new UnknownModelException("nothing is called 'nope'"));
        HttpResponse<String> response = post("/v1/messages", BODY, "x-request-id", "r7");
        assertThat(response.statusCode()).isEqualTo(404);
        JsonNode body = json(response.body());
        assertThat(body.get("type").asText()).isEqualTo("error");
        assertThat(body.at("/error/type").asText()).isEqualTo("not_found_error");
        assertThat(body.at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(body.at("/error/message").asText()).contains("nope");
        assertThat(body.get("request_id").asText()).isEqualTo("r7");
    }

    @Test
    void errors_outside_a_call_look_like_anthropics_too() {
        assertThat(json(post("/v1/messages", "{}").body()).at("/error/type").asText())
                .isEqualTo("invalid_request_error");
        HttpResponse<String> wrongMethod = gateway.get("/v1/messages");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(json(wrongMethod.body()).at("/type").asText()).isEqualTo("error");
    }

    @Test
    void a_stream_that_breaks_says_so_in_its_last_event() throws Exception {
        gateway.calls.answer(call -> {
            call.begin().frame(START, Kind.PREAMBLE).frame("event: x\ndata: {}\n\n", Kind.SEMANTIC);
            call.end(Selections.exhausted(call.callId(), "r", Selections.failure(FailureClass.STREAM_BROKEN, null)));
        });
        try (RawClient raw = gateway.raw()) {
            assertThat(raw.write(RawClient.post("/v1/messages", "", STREAM)).readAll())
                    .contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
                    .contains("\"code\":\"stream_broken\"")
                    .doesNotContain("message_stop");
        }
    }

    @Test
    void tokens_are_counted_by_an_estimate_that_says_so() {
        JsonNode counted = json(post("/v1/messages/count_tokens", BODY).body());
        assertThat(counted.get("input_tokens").asLong()).isPositive();
        assertThat(counted.at("/tierway/how").asText()).isEqualTo("estimated");
        assertThat(gateway.calls.noneArrived()).isTrue();
    }

    @Test
    void an_anthropic_body_can_be_explained() {
        HttpResponse<String> response = post("/v1/route/explain", BODY, "anthropic-version", "2023-06-01");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gateway.calls.explained().facts().format()).isEqualTo(WireFormat.ANTHROPIC_MESSAGES);
    }

    @Test
    void models_are_listed_in_the_shape_a_client_expects() {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri("/v1/models"))
                .header("anthropic-version", "2023-06-01")
                .GET();
        JsonNode list = json(gateway.send(request).body());
        assertThat(list.get("has_more").asBoolean()).isFalse();
        JsonNode first = list.at("/data/0");
        assertThat(first.get("type").asText()).isEqualTo("model");
        assertThat(first.get("id")).isEqualTo(list.get("first_id"));
        assertThat(first.get("created_at").asText()).isEqualTo("2023-11-14T22:13:20Z");
        HttpRequest.Builder one = HttpRequest.newBuilder(
                        gateway.uri("/v1/models/" + first.get("id").asText()))
                .header("anthropic-version", "2023-06-01")
                .GET();
        assertThat(json(gateway.send(one).body())).isEqualTo(first);
        assertThat(json(gateway.get("/v1/models").body()).get("object").asText())
                .isEqualTo("list");
    }
}
