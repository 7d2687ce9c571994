package dev.tierway.adapter.http;

import static dev.tierway.adapter.http.TestGateway.STREAM_BODY;
import static dev.tierway.adapter.http.TestGateway.header;
import static dev.tierway.adapter.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.FailureClass;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedCallTest {
    private static final String USAGE_ASKED =
            STREAM_BODY.replace("{\"stream\"", "{\"stream_options\":{\"include_usage\":true},\"stream\"");
    private static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    private static final String HELLO = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n";
    private static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE =
            "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final TestGateway gateway = new TestGateway();

    @AfterAll
    void close() {
        gateway.close();
    }

    @BeforeEach
    void forget() {
        gateway.calls.reset();
    }

    private static FakeCall whole(FakeCall call) {
        return call.begin()
                .frame(ROLE, ReplyEvent.Frame.Kind.PREAMBLE)
                .frame(HELLO, ReplyEvent.Frame.Kind.SEMANTIC)
                .frame(FINISH, ReplyEvent.Frame.Kind.SEMANTIC)
                .frame(USAGE, ReplyEvent.Frame.Kind.USAGE)
                .deliver();
    }

    /** The JSON of the last event before [DONE]. */
    private static JsonNode lastChunk(String body) {
        String[] events = body.split("\n\n");
        assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
        return json(events[events.length - 2].substring("data: ".length()));
    }

    @Test
    void frames_pass_byte_for_byte_and_usage_nobody_asked_for_is_dropped() {
        gateway.calls.answer(StreamedCallTest::whole);
        HttpResponse<String> response = gateway.chat(STREAM_BODY);
        assertThat(response.body()).isEqualTo(ROLE + HELLO + FINISH + DONE);
        assertThat(header(response, "content-type")).isEqualTo("text/event-stream");
        assertThat(header(response, "cache-control")).isEqualTo("no-cache");
        assertThat(header(response, "x-tierway-replica")).isEqualTo("west/gpt-x");
        assertThat(header(response, "x-tierway-attempts")).isEqualTo("1");
        assertThat(header(response, "x-tierway-cost-usd")).isNull();
    }

    @Test
    void usage_that_was_asked_for_comes_with_cost_and_attempts() {
        gateway.calls.answer(StreamedCallTest::whole);
        String body = gateway.chat(USAGE_ASKED).body();
        assertThat(body).startsWith(ROLE + HELLO + FINISH + USAGE.substring(0, USAGE.length() - 3) + ",\"tierway\":{");
        JsonNode tierway = lastChunk(body).get("tierway");
        assertThat(tierway.get("cost_usd").asText()).isEqualTo("0.005535");
        assertThat(tierway.get("attempts").asInt()).isEqualTo(1);
        assertThat(tierway.get("replica").asText()).isEqualTo("west/gpt-x");
        assertThat(tierway.get("decision").asText()).startsWith("dec_");
    }

    @Test
    void usage_a_vendor_never_sent_is_written_by_us() {
        gateway.calls.answer(call ->
                call.begin().frame(HELLO, ReplyEvent.Frame.Kind.SEMANTIC).deliver());
        JsonNode chunk = lastChunk(gateway.chat(USAGE_ASKED).body());
        assertThat(chunk.at("/usage/total_tokens").asInt()).isEqualTo(30);
        assertThat(chunk.at("/choices").isEmpty()).isTrue();
        assertThat(chunk.at("/tierway/usage").asText()).isEqualTo("reported");
    }

    @Test
    void an_unknown_cost_is_null_and_not_zero() {
        gateway.calls.answer(call -> call.begin()
                .frame(USAGE, ReplyEvent.Frame.Kind.USAGE)
                .end(Selections.delivered(call.callId(), "r", true, null)));
        assertThat(lastChunk(gateway.chat(USAGE_ASKED).body())
                        .at("/tierway/cost_usd")
                        .isNull())
                .isTrue();
    }

    @Test
    void explain_puts_the_decision_into_the_chunk_that_closes_the_stream() {
        gateway.calls.answer(StreamedCallTest::whole);
        String body = gateway.chat(STREAM_BODY, "x-tierway-explain", "true").body();
        assertThat(body).startsWith(ROLE + HELLO + FINISH.substring(0, FINISH.length() - 3) + ",\"tierway\":{");
        assertThat(lastChunk(body).at("/tierway/selection/outcome/status").asText())
                .isEqualTo("delivered");
    }

    @Test
    void neutral_events_become_chunks() {
        gateway.calls.answer(call -> call.begin()
                .event(new ReplyEvent.Piece(new ChatEvent.Begin("id7", "gpt-x-2026", 5)))
                .event(new ReplyEvent.Piece(new ChatEvent.TextDelta(0, "hé")))
                .event(new ReplyEvent.Piece(new ChatEvent.ToolCallDelta(0, 0, "t1", "f", "{\"a\"")))
                .event(new ReplyEvent.Piece(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS)))
                .event(new ReplyEvent.Piece(new ChatEvent.Usage(Selections.USAGE)))
                .deliver());
        String[] events = gateway.chat(USAGE_ASKED).body().split("\n\n");
        assertThat(events).hasSize(6);
        List<JsonNode> chunks = java.util.Arrays.stream(events, 0, 5)
                .map(e -> json(e.substring(6)))
                .toList();
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk.get("id").asText()).isEqualTo("id7"));
        assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks.get(1).at("/choices/0/delta/content").asText()).isEqualTo("hé");
        assertThat(chunks.get(2)
                        .at("/choices/0/delta/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"a\"");
        assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(chunks.get(4)
                        .at("/usage/prompt_tokens_details/cached_tokens")
                        .asInt())
                .isEqualTo(4);
        assertThat(chunks.get(4).at("/tierway/attempts").asInt()).isEqualTo(1);
    }

    @Test
    void before_the_first_token_an_error_is_an_ordinary_answer() {
        gateway.calls.answer(call -> call.end(
                Selections.exhausted(call.callId(), "r", Selections.failure(FailureClass.UPSTREAM_FAULT, 500))));
        HttpResponse<String> response = gateway.chat(STREAM_BODY);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(json(response.body()).at("/error/code").asText()).isEqualTo("upstream_error");
    }

    @Test
    void a_stream_that_breaks_ends_with_an_error_event_and_its_connection() throws Exception {
        gateway.calls.answer(call ->
                call.begin().frame(HELLO, ReplyEvent.Frame.Kind.SEMANTIC).end(Selections.broken(call.callId(), "r")));
        try (RawClient client = gateway.raw()) {
            String all = client.write(RawClient.post("/v1/chat/completions", "", STREAM_BODY))
                    .readAll();
            assertThat(all)
                    .contains("\"content\":\"hello\"")
                    .contains("data: {\"error\":{")
                    .doesNotContain("[DONE]");
            assertThat(all).contains("\"code\":\"stream_broken\"");
            // Without the chunk of length 0 no client takes the body for whole.
            assertThat(all).endsWith("}}\n\n\r\n");
        }
    }

    @Test
    void what_was_held_back_for_the_tail_still_comes_before_an_error() throws Exception {
        gateway.calls.answer(call -> call.begin()
                .frame(HELLO, ReplyEvent.Frame.Kind.SEMANTIC)
                .frame(FINISH, ReplyEvent.Frame.Kind.SEMANTIC)
                .end(Selections.broken(call.callId(), "r")));
        try (RawClient client = gateway.raw()) {
            client.write(RawClient.post("/v1/chat/completions", "x-tierway-explain: true\r\n", STREAM_BODY));
            assertThat(client.readAll()).contains(HELLO + FINISH + "data: {\"error\":{");
        }
    }

    @Test
    void events_written_in_one_turn_leave_in_order() {
        gateway.calls.answer(call -> {
            call.begin();
            for (int i = 0; i < 500; i++) {
                call.text("t" + i);
            }
            call.deliver();
        });
        String body = gateway.chat(STREAM_BODY).body();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            expected.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"t")
                    .append(i)
                    .append("\"}}]}\n\n");
        }
        assertThat(body).isEqualTo(expected + DONE);
    }
}
