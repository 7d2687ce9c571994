package dev.tierway.adapter.providers.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.TokenUsage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cohere's replies, over a real socket. */
class CohereTransportTest {
    private static final String USAGE = "\"usage\":{\"billed_units\":{\"input_tokens\":11.0,\"output_tokens\":5.0},"
            + "\"tokens\":{\"input_tokens\":511,\"output_tokens\":7},\"cached_tokens\":4}";
    private static final String START =
            event("message-start", "\"id\":\"r1\",\"delta\":{\"message\":{\"role\":\"assistant\"}}");
    private static final String END = event("message-end", "\"delta\":{\"finish_reason\":\"COMPLETE\"," + USAGE + "}");
    private static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static String text(String text) {
        return event("content-delta", "\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"" + text + "\"}}}");
    }

    private static String reply(int status, String type, String body) {
        return "HTTP/1.1 " + status + " X\r\ncontent-type: " + type + "\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static RecordingSink answered(String reply, AttemptRequest attempt) throws Exception {
        try (RawServer server = new RawServer(vertx, RawServer.answering(reply))) {
            return asked(server, attempt);
        }
    }

    private static RecordingSink asked(RawServer server, AttemptRequest attempt) {
        ProviderTransport transport = new CohereTransportFactory(vertx)
                .create(ProviderSettings.of(
                        Attempts.PROVIDER,
                        CohereTransportFactory.COHERE,
                        URI.create(server.url("http").toString().replace("/v1", "/v2")),
                        new Secret("co-key")));
        RecordingSink sink = new RecordingSink();
        transport.open(attempt, sink).request(Long.MAX_VALUE);
        sink.awaitEnding();
        transport.close();
        return sink;
    }

    private static RecordingSink unary(String body) throws Exception {
        return answered(reply(200, "application/json", body), Attempts.unary(Attempts.neutral("hello")));
    }

    private static RecordingSink stream(String body) throws Exception {
        return answered(reply(200, "text/event-stream", body), Attempts.stream(Attempts.neutral("hello")));
    }

    @Test
    void a_whole_answer_has_text_thoughts_citations_and_what_is_billed() throws Exception {
        RecordingSink sink = unary("{\"id\":\"r1\",\"finish_reason\":\"COMPLETE\",\"message\":{\"role\":\"assistant\","
                + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"A cat.\"}],"
                + "\"citations\":[{\"start\":0,\"end\":5,\"text\":\"A cat\",\"type\":\"TEXT_CONTENT\",\"sources\":"
                + "[{\"type\":\"document\",\"id\":\"d1\",\"document\":{\"title\":\"Cats\",\"url\":\"https://cats\"}}]},"
                + "{\"start\":0,\"end\":1,\"text\":\"p\",\"type\":\"PLAN\"}]}," + USAGE + "}");

        TokenUsage usage = sink.awaitEnd();
        assertThat(usage.input()).isEqualTo(11);
        assertThat(usage.output()).isEqualTo(5);
        assertThat(usage.cachedInput()).isEqualTo(4);
        assertThat(sink.whole().id()).isEqualTo("r1");
        assertThat(sink.whole().model()).isEqualTo(Attempts.UPSTREAM_MODEL);
        assertThat(sink.whole().choices().getFirst().message().parts())
                .containsExactly(
                        new Part.Reasoning("hm", null, null),
                        new Part.Text("A cat."),
                        new Part.Citation("https://cats", "Cats", "A cat", 0, 5));
    }

    @Test
    void tools_and_the_plan_before_them_are_told() throws Exception {
        RecordingSink sink = unary("{\"id\":\"r1\",\"finish_reason\":\"TOOL_CALL\",\"message\":{\"role\":\"assistant\","
                + "\"tool_plan\":\"I will look\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"look\",\"arguments\":\"{\\\"at\\\":1}\"}},{\"id\":\"b\",\"type\":\"function\","
                + "\"function\":{\"name\":\"see\",\"arguments\":\"{broken\"}}]}}");

        assertThat(sink.whole().choices().getFirst().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(sink.whole().choices().getFirst().message().parts())
                .containsExactly(new Part.Reasoning("I will look", null, null));
        assertThat(sink.whole().toolCalls())
                .containsExactly(
                        new ToolCall("a", "look", new JsonText("{\"at\":1}")),
                        new ToolCall("b", "see", new JsonText("\"{broken\"")));
    }

    @Test
    void a_stream_comes_event_by_event_and_ends_with_what_is_billed() throws Exception {
        RecordingSink sink = stream(START
                + event(
                        "content-start",
                        "\"index\":0,\"delta\":{\"message\":{\"content\":{\"type\":\"thinking\",\"thinking\":\"\"}}}")
                + event("content-delta", "\"index\":0,\"delta\":{\"message\":{\"content\":{\"thinking\":\"hm\"}}}")
                + text("Hel")
                + text("lo")
                + event(
                        "citation-start",
                        "\"index\":0,\"delta\":{\"message\":{\"citations\":{\"start\":0,\"end\":5,"
                                + "\"text\":\"Hello\",\"sources\":[]}}}")
                + event("citation-end", "\"index\":0")
                + event("something-new", "\"index\":0")
                + event("content-end", "\"index\":0")
                + END);

        TokenUsage usage = sink.awaitEnd();
        assertThat(usage.output()).isEqualTo(5);
        assertThat(sink.text()).isEqualTo("Hello");
        assertThat(sink.pieces().getFirst()).isInstanceOfSatisfying(ChatEvent.Begin.class, begin -> {
            assertThat(begin.id()).isEqualTo("r1");
            assertThat(begin.model()).isEqualTo(Attempts.UPSTREAM_MODEL);
        });
        assertThat(sink.pieces())
                .contains(
                        new ChatEvent.ReasoningDelta(0, "hm", null, null),
                        new ChatEvent.Cited(0, new Part.Citation(null, null, "Hello", 0, 5)),
                        new ChatEvent.Finished(0, FinishReason.STOP),
                        new ChatEvent.Usage(usage));
    }

    @Test
    void streamed_tool_calls_are_numbered_from_nought_whatever_their_number() throws Exception {
        RecordingSink sink = stream(START
                + event("tool-plan-delta", "\"delta\":{\"message\":{\"tool_plan\":\"I will\"}}")
                + call(1, "a", "look")
                + argument(1, "{\\\"at\\\"")
                + argument(1, ":1}")
                + event("tool-call-end", "\"index\":1")
                + call(2, "b", "see")
                + argument(2, "{}")
                + event("message-end", "\"delta\":{\"finish_reason\":\"TOOL_CALL\"}"));

        sink.awaitEnd();
        assertThat(sink.pieces())
                .containsSubsequence(
                        new ChatEvent.ReasoningDelta(0, "I will", null, null),
                        new ChatEvent.ToolCallDelta(0, 0, "a", "look", ""),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"at\""),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, ":1}"),
                        new ChatEvent.ToolCallDelta(0, 1, "b", "see", ""),
                        new ChatEvent.ToolCallDelta(0, 1, null, null, "{}"),
                        new ChatEvent.Finished(0, FinishReason.TOOL_CALLS));
    }

    private static String call(int index, String id, String name) {
        return event(
                "tool-call-start",
                "\"index\":" + index + ",\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"" + id
                        + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"\"}}}}");
    }

    private static String argument(int index, String piece) {
        return event(
                "tool-call-delta",
                "\"index\":" + index + ",\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"" + piece
                        + "\"}}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE,STOP",
        "STOP_SEQUENCE,STOP",
        "MAX_TOKENS,LENGTH",
        "ERROR_TOXIC,CONTENT_FILTER",
        "SOMETHING_NEW,OTHER"
    })
    void why_it_ended_is_told(String theirs, FinishReason ours) throws Exception {
        RecordingSink sink = unary("{\"finish_reason\":\"" + theirs
                + "\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}}");

        assertThat(sink.whole().choices().getFirst().finishReason()).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "TIMEOUT"})
    void an_answer_that_ended_in_an_error_is_a_failure(String reason) throws Exception {
        assertThat(unary("{\"finish_reason\":\"" + reason + "\",\"message\":{\"content\":[]}}")
                        .awaitFailure()
                        .failureClass())
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
        Failure broken = stream(START
                        + text("Hel")
                        + event(
                                "message-end",
                                "\"delta\":{\"finish_reason\":\"" + reason + "\",\"error\":\"it went wrong\"}"))
                .awaitFailure();
        assertThat(broken.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(broken.message()).contains("it went wrong");
    }

    @Test
    void a_stream_without_its_last_event_is_broken() throws Exception {
        assertThat(stream(START + text("Hel")).awaitFailure().failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[1]", "{\"type\":\"tool-call-delta\",\"index\":3,\"delta\":{}}"})
    void garbage_is_the_vendors_fault(String data) throws Exception {
        assertThat(stream("data: " + data + "\n\n").awaitFailure().failureClass())
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(unary(data).awaitFailure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|too many tokens: total number of tokens in the prompt cannot exceed 4081 - received"
                        + " 4292.|CONTEXT_TOO_LONG",
                "400|too many tokens: max tokens must be less than or equal to 4096|INVALID_REQUEST",
                "401|invalid api token|CREDENTIAL",
                "402|Please add or update your payment method to continue|ACCOUNT_EXHAUSTED",
                "404|model 'x' not found, make sure the correct model ID was used|MISCONFIGURED",
                "429|You are past the per minute request limit, please wait and try again later.|RATE_LIMITED",
                "503|unavailable|OVERLOADED",
            })
    void a_refusal_is_classified_by_its_words_or_status(int status, String words, FailureClass expected)
            throws Exception {
        Failure failure = answered(
                        reply(status, "application/json", "{\"id\":\"e1\",\"message\":\"" + words + "\"}"),
                        Attempts.unary(Attempts.neutral("hello")))
                .awaitFailure();

        assertThat(failure.failureClass()).isEqualTo(expected);
        assertThat(failure.message()).contains(words);
    }

    @Test
    void it_is_asked_at_its_own_path_with_its_key() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    asked.complete(request.toString());
                    socket.write(Buffer.buffer(reply(500, "application/json", "{}")));
                }))) {
            asked(server, Attempts.unary(Attempts.neutral("hello")));
        }

        assertThat(asked.get(30, TimeUnit.SECONDS))
                .startsWith("POST /v2/chat ")
                .contains("authorization: Bearer co-key");
    }

    @Test
    void embeddings_come_back_in_order_with_what_is_billed() throws Exception {
        RecordingSink sink = answered(
                reply(
                        200,
                        "application/json",
                        "{\"id\":\"e\",\"embeddings\":{\"float\":[[1,2],[0.5,-1]]},\"texts\":[\"a\",\"b\"],"
                                + "\"meta\":{\"billed_units\":{\"input_tokens\":4}}}"),
                Attempts.unary(new Payload.Neutral(EmbeddingRequest.of("a", "b"))));

        assertThat(sink.awaitEnd()).isEqualTo(TokenUsage.reported(4, 0));
        EmbeddingResponse reply =
                (EmbeddingResponse) ((ReplyEvent.Whole) sink.events().getFirst()).reply();
        assertThat(reply.embeddings())
                .extracting(embedding -> List.of(embedding.value(0), embedding.value(1)))
                .containsExactly(List.of(1f, 2f), List.of(0.5f, -1f));
    }
}
