package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.BODY;
import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.error.UnknownModelException;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.Target;
import dev.tierway.domain.catalogue.UseCase;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.routing.Refusal;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnaryCallTest {
    private static final String REPLY = "{\"id\":\"x\", \"unknown\":[1,2],\"choices\":[]}";

    private final TestGateway gateway = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    @Test
    void a_vendors_body_passes_byte_for_byte() {
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        HttpResponse<String> response = gateway.chat(BODY);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(REPLY);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
    }

    @Test
    void headers_say_how_it_was_routed() {
        gateway.calls.answer(
                call -> call.begin(1, List.of("careful")).body(REPLY).deliver());
        HttpResponse<String> response = gateway.chat(BODY, "x-request-id", "mine-1");
        assertThat(header(response, "x-request-id")).isEqualTo("mine-1");
        assertThat(header(response, "x-tierway-decision")).startsWith("dec_");
        assertThat(header(response, "x-tierway-replica")).isEqualTo("west/gpt-x");
        assertThat(header(response, "x-tierway-model")).isEqualTo("gpt-x");
        assertThat(header(response, "x-tierway-attempts")).isEqualTo("1");
        assertThat(header(response, "x-tierway-cost-usd")).isEqualTo("0.005535");
        assertThat(header(response, "x-tierway-warnings")).isEqualTo("careful");
        assertThat(header(response, "via")).isEqualTo("1.1 tierway");
    }

    @Test
    void an_unknown_cost_has_no_header() {
        gateway.calls.answer(
                call -> call.begin().body(REPLY).end(Selections.delivered(call.callId(), "r", false, null)));
        assertThat(header(gateway.chat(BODY), "x-tierway-cost-usd")).isNull();
    }

    @Test
    void a_request_id_that_could_harm_a_log_is_replaced_and_the_client_is_told() {
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        HttpResponse<String> response = gateway.chat(BODY, "x-request-id", "a b\"c");
        assertThat(header(response, "x-request-id")).matches("req_[0-9a-f]{16}");
        assertThat(header(response, "x-tierway-warnings")).contains("x-request-id not used");
    }

    @Test
    void the_command_carries_what_the_body_and_the_headers_say() {
        gateway.chatLater(BODY, "x-session-id", "s1", "x-tierway-seed", "7", "x-request-id", "r7");
        FakeCall call = gateway.calls.next();
        assertThat(call.command.target()).isEqualTo(new Target.Tier(ModelTier.MID, UseCase.CHAT));
        assertThat(call.command.options().session()).isEqualTo("s1");
        assertThat(call.command.options().seed()).isEqualTo(7);
        assertThat(call.command.requestId()).isEqualTo("r7");
        assertThat(new String(call.wire().body(), UTF_8)).isEqualTo(BODY);
        call.begin().body(REPLY).deliver();
    }

    @Test
    void a_neutral_reply_becomes_an_openai_completion() {
        ChatResponse response = new ChatResponse(
                "id1",
                "gpt-x-2026",
                5,
                List.of(new ChatResponse.Choice(ChatMessage.assistant("hello"), FinishReason.STOP)),
                Selections.USAGE);
        gateway.calls.answer(
                call -> call.begin().event(new ReplyEvent.Whole(response)).deliver());
        JsonNode json = json(gateway.chat(BODY).body());
        assertThat(json.at("/object").asText()).isEqualTo("chat.completion");
        assertThat(json.at("/choices/0/message/content").asText()).isEqualTo("hello");
        assertThat(json.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(json.at("/usage/prompt_tokens").asInt()).isEqualTo(10);
        assertThat(json.at("/usage/completion_tokens_details/reasoning_tokens").asInt())
                .isEqualTo(5);
    }

    @Test
    void explain_appends_the_decision_and_leaves_the_rest_as_it_is() {
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        String body = gateway.chat(BODY, "x-tierway-explain", "true").body();
        assertThat(body).startsWith(REPLY.substring(0, REPLY.length() - 1) + ",\"tierway\":{\"selection\":{");
        assertThat(json(body).at("/tierway/selection/rounds/0/chose").asText()).isEqualTo("west/gpt-x");
    }

    @Test
    void an_unknown_model_is_404_and_names_the_parameter() {
        gateway.calls.refuse(new UnknownModelException("nothing is called 'nope'"));
        HttpResponse<String> response = gateway.chat(BODY);
        assertThat(response.statusCode()).isEqualTo(404);
        JsonNode error = json(response.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo("model_not_found");
        assertThat(error.get("param").asText()).isEqualTo("model");
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("decision").isNull()).isTrue();
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
    }

    @Test
    void a_vendors_rate_limit_is_429_with_the_time_to_wait_rounded_up() {
        gateway.calls.answer(call ->
                call.end(Selections.exhausted(call.callId(), "r", Selections.failure(FailureClass.RATE_LIMITED, 429))));
        HttpResponse<String> response = gateway.chat(BODY);
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(header(response, "retry-after")).isEqualTo("2");
        assertThat(header(response, "x-should-retry")).isNull();
        assertThat(header(response, "x-tierway-attempts")).isEqualTo("1");
        JsonNode error = json(response.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo("upstream_rate_limited");
        assertThat(error.get("type").asText()).isEqualTo("rate_limit_error");
        assertThat(error.get("decision").asText()).isEqualTo(header(response, "x-tierway-decision"));
    }

    @Test
    void nobody_healthy_is_503() {
        gateway.calls.answer(
                call -> call.end(Selections.refused(call.callId(), "r", Refusal.Reason.NO_HEALTHY_REPLICA, null)));
        HttpResponse<String> response = gateway.chat(BODY);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response.body()).at("/error/code").asText()).isEqualTo("no_healthy_replica");
        assertThat(json(response.body()).at("/error/type").asText()).isEqualTo("server_error");
    }

    @Test
    void a_vendors_400_keeps_its_status_and_message() {
        gateway.calls.answer(call -> call.end(
                Selections.exhausted(call.callId(), "r", Selections.failure(FailureClass.INVALID_REQUEST, 422))));
        HttpResponse<String> response = gateway.chat(BODY);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response.body()).at("/error/message").asText()).isEqualTo("the vendor's words");
    }

    @Test
    void a_large_body_arrives_whole() {
        String large = "{\"text\":\"" + "x".repeat(3_000_000) + "\"}";
        gateway.calls.answer(call -> call.begin().body(large).deliver());
        assertThat(gateway.chat(BODY).body()).isEqualTo(large);
    }

    @Test
    void a_connection_serves_many_requests() throws Exception {
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        try (RawClient client = gateway.raw()) {
            for (int i = 0; i < 3; i++) {
                client.write(RawClient.post("/v1/chat/completions", "", BODY));
                assertThat(client.readUntil(REPLY)).contains("200 OK");
            }
        }
    }

    @Test
    void a_fault_of_ours_says_nothing_but_where_to_look() {
        gateway.calls.answer(call -> {
            throw new IllegalStateException("secret detail");
        });
        HttpResponse<String> response = gateway.chat(BODY, "x-request-id", "r-9");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("r-9").doesNotContain("secret");
    }

    @Test
    void the_idempotency_key_is_an_option_of_the_call() throws Exception {
        gateway.calls.answer(call -> call.begin().body(REPLY).deliver());
        HttpResponse<String> response = gateway.chat(BODY, "idempotency-key", "k-1");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(gateway.calls.next().command.options().idempotencyKey()).isEqualTo("k-1");
        assertThat(response.headers().firstValue("idempotent-replayed")).isEmpty();
    }

    @Test
    void a_reply_that_cant_be_written_is_told_and_not_waited_for() {
        // A stream's piece in a unary reply: the driver hears the exception, and ends the call as if its client had
        // left.
        gateway.calls.answer(call -> call.begin().on(() -> {
            ReplyEvent.Piece piece = new ReplyEvent.Piece(new ChatEvent.TextDelta(0, "x"));
            try {
                call.event(piece);
            } catch (IllegalStateException broken) {
                call.end(Selections.clientGone(call.callId(), "r"));
            }
        }));
        HttpResponse<String> response = gateway.chat(BODY);
        assertThat(response.statusCode()).isEqualTo(500);
    }

    @Test
    void a_call_that_delivers_nothing_is_an_error() {
        gateway.calls.answer(call -> call.begin().deliver());
        assertThat(gateway.chat(BODY).statusCode()).isEqualTo(500);
        gateway.calls.answer(FakeCall::deliver);
        assertThat(gateway.chat(TestGateway.STREAM_BODY).statusCode()).isEqualTo(500);
    }
}
