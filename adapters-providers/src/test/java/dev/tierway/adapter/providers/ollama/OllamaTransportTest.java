package dev.tierway.adapter.providers.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderDefaults;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.chat.JsonText;
import dev.tierway.application.chat.Part;
import dev.tierway.application.chat.Sampling;
import dev.tierway.application.chat.TokenLogProb;
import dev.tierway.application.chat.ToolCall;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ollama's replies, over a real socket. */
class OllamaTransportTest {
    private static final String UNARY = "application/json; charset=utf-8";
    private static final String STREAM = "application/x-ndjson";
    private static final String LAST =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
                    + "\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":5}\n";
    private static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String reply(int status, String type, String body) {
        return "HTTP/1.1 " + status + " X\r\ncontent-type: " + type + "\r\ncontent-length: "
                + body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static ProviderTransport transport(RawServer server) {
        return new OllamaTransportFactory(vertx)
                .create(ProviderSettings.of(
                        Attempts.PROVIDER, OllamaTransportFactory.OLLAMA, server.url("http"), null));
    }

    private static RecordingSink answered(String reply, AttemptRequest attempt) throws Exception {
        try (RawServer server = new RawServer(vertx, RawServer.answering(reply))) {
            ProviderTransport transport = transport(server);
            RecordingSink sink = new RecordingSink();
            transport.open(attempt, sink).request(Long.MAX_VALUE);
            sink.awaitEnding();
            transport.close();
            return sink;
        }
    }

    private static RecordingSink unary(String body) throws Exception {
        return answered(reply(200, UNARY, body), Attempts.unary(Attempts.neutral("hello")));
    }

    private static RecordingSink stream(String body) throws Exception {
        return answered(reply(200, STREAM, body), Attempts.stream(Attempts.neutral("hello")));
    }

    @Test
    void a_whole_answer_has_text_thoughts_calls_and_usage() throws Exception {
        RecordingSink sink = unary("{\"model\":\"qwen3\",\"created_at\":\"2026-11-20T10:00:00.5Z\",\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"It is a cat.\",\"thinking\":\"hm\",\"tool_calls\":["
                + "{\"function\":{\"name\":\"look\",\"arguments\":{\"at\":1}}},"
                + "{\"id\":\"given\",\"function\":{\"name\":\"see\",\"arguments\":{}}}]},"
                + "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":5}");

        TokenUsage usage = sink.awaitEnd();
        assertThat(usage.input()).isEqualTo(11);
        assertThat(usage.output()).isEqualTo(5);
        assertThat(usage.how()).isEqualTo(Counted.REPORTED);
        assertThat(sink.whole().text()).isEqualTo("It is a cat.");
        assertThat(sink.whole().model()).isEqualTo("qwen3");
        assertThat(sink.whole().createdEpochSeconds()).isEqualTo(1_795_168_800L);
        assertThat(sink.whole().choices().getFirst().message().parts()).contains(new Part.Reasoning("hm", null, null));
        assertThat(sink.whole().choices().getFirst().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(sink.whole().toolCalls())
                .extracting(ToolCall::name, ToolCall::arguments)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("look", new JsonText("{\"at\":1}")),
                        org.assertj.core.groups.Tuple.tuple("see", JsonText.EMPTY_OBJECT));
        assertThat(sink.whole().toolCalls().get(0).id()).startsWith("call_").endsWith("_0");
        assertThat(sink.whole().toolCalls().get(1).id()).isEqualTo("given");
    }

    @Test
    void a_stream_comes_line_by_line_and_ends_with_its_usage() throws Exception {
        RecordingSink sink = stream(
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},\"done\":false}\n"
                    + "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"done\":false,\"logprobs\":[{\"token\":\"Hel\",\"logprob\":-0.5,\"top_logprobs\":[{\"token\":\"Yo\",\"logprob\":-2}]}]}\n"
                    + "\n"
                    + "{\"model\":\"m\",\"message\":{\"content\":\"lo\",\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":{\"x\":1}}}]},\"done\":false}\n"
                    + "{\"model\":\"m\",\"message\":{\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"b\"}}]},\"done\":false,\"new\":true}\n"
                        + LAST);

        TokenUsage usage = sink.awaitEnd();
        assertThat(usage).isEqualTo(TokenUsage.reported(11, 5));
        assertThat(sink.text()).isEqualTo("Hello");
        assertThat(sink.pieces())
                .contains(
                        new ChatEvent.ReasoningDelta(0, "hm", null, null),
                        new ChatEvent.LogProbs(
                                0,
                                List.of(new TokenLogProb("Hel", -0.5, List.of(new TokenLogProb("Yo", -2, List.of()))))),
                        new ChatEvent.Finished(0, FinishReason.TOOL_CALLS),
                        new ChatEvent.Usage(usage));
        assertThat(sink.pieces())
                .filteredOn(ChatEvent.ToolCallDelta.class::isInstance)
                .extracting(piece -> ((ChatEvent.ToolCallDelta) piece).index())
                .containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({"stop,STOP", "length,LENGTH", "unload,OTHER"})
    void why_it_ended_is_told(String theirs, FinishReason ours) throws Exception {
        RecordingSink sink = unary(
                "{\"model\":\"m\",\"message\":{\"content\":\"x\"},\"done\":true,\"done_reason\":\"" + theirs + "\"}");

        assertThat(sink.awaitEnd().how()).as("nobody counted").isEqualTo(Counted.ESTIMATED);
        assertThat(sink.whole().choices().getFirst().finishReason()).isEqualTo(ours);
    }

    @Test
    void a_stream_without_its_last_line_is_broken() throws Exception {
        Failure failure = stream("{\"model\":\"m\",\"message\":{\"content\":\"Hel\"},\"done\":false}\n")
                .awaitFailure();

        assertThat(failure.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void an_error_in_the_middle_of_a_stream_breaks_it_in_the_servers_words() throws Exception {
        Failure failure = stream("{\"model\":\"m\",\"message\":{\"content\":\"Hel\"},\"done\":false}\n"
                        + "{\"error\":\"model runner has unexpectedly stopped\"}\n")
                .awaitFailure();

        assertThat(failure.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(failure.message()).contains("model runner has unexpectedly stopped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json\n", "[1]\n", "{\"done\":true}\n", "{\"model\":\"m\"} {}\n"})
    void garbage_is_the_servers_fault(String line) throws Exception {
        assertThat(stream(line).awaitFailure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(unary(line).awaitFailure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|model 'x' not found|MISCONFIGURED",
                "400|the input length exceeds the context length|CONTEXT_TOO_LONG",
                "400|invalid options: temprature|INVALID_REQUEST",
                "503|server busy, please try again. maximum pending requests exceeded|OVERLOADED",
                "500|llama runner process has terminated|UPSTREAM_FAULT",
            })
    void a_refusal_is_classified_by_its_words_or_status(int status, String words, FailureClass expected)
            throws Exception {
        Failure failure = answered(
                        reply(status, UNARY, "{\"error\":\"" + words + "\"}"),
                        Attempts.unary(Attempts.neutral("hello")))
                .awaitFailure();

        assertThat(failure.failureClass()).isEqualTo(expected);
        assertThat(failure.message()).contains(words);
    }

    @Test
    void packets_may_cut_a_stream_anywhere() throws Exception {
        String body = "{\"model\":\"m\",\"message\":{\"content\":\"häl\"},\"done\":false}\n" + LAST;
        byte[] all = reply(200, STREAM, body).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (RawServer server = new RawServer(vertx, socket -> socket.handler(request -> dribble(socket, all, 0)))) {
            ProviderTransport transport = transport(server);
            RecordingSink sink = new RecordingSink();
            transport.open(Attempts.stream(Attempts.neutral("hello")), sink).request(Long.MAX_VALUE);

            assertThat(sink.awaitEnd().output()).isEqualTo(5);
            assertThat(sink.text()).isEqualTo("häl");
            transport.close();
        }
    }

    private static void dribble(io.vertx.core.net.NetSocket socket, byte[] all, int from) {
        if (from < all.length) {
            socket.write(Buffer.buffer(new byte[] {all[from]})).onComplete(done -> dribble(socket, all, from + 1));
        }
    }

    @Test
    void it_is_asked_at_its_own_path_and_says_who_handed_the_call_on() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    asked.complete(request.toString());
                    socket.write(
                            Buffer.buffer(reply(200, UNARY, LAST.replace("\"content\":\"\"", "\"content\":\"x\""))));
                }))) {
            ProviderTransport transport = transport(server);
            AttemptRequest plain = Attempts.unary(Attempts.neutral("hello"));
            RecordingSink sink = new RecordingSink();
            transport
                    .open(
                            new AttemptRequest(
                                    plain.attempt(),
                                    plain.requestId(),
                                    plain.replica(),
                                    plain.payload(),
                                    false,
                                    1,
                                    null,
                                    plain.clocks(),
                                    "1.1 a, 1.1 b"),
                            sink)
                    .request(1);
            sink.awaitEnd();
            transport.close();
        }

        assertThat(asked.get(30, TimeUnit.SECONDS))
                .startsWith("POST /api/chat ")
                .contains("via: 1.1 a, 1.1 b")
                .contains("\"stream\":false");
    }

    @Test
    void an_operators_defaults_are_sent_unless_the_request_says_otherwise() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        try (RawServer server = new RawServer(
                vertx,
                socket -> socket.handler(request -> {
                    asked.complete(request.toString());
                    socket.write(Buffer.buffer(reply(500, UNARY, "{}")));
                }))) {
            ProviderSettings settings = ProviderSettings.of(
                            Attempts.PROVIDER, OllamaTransportFactory.OLLAMA, server.url("http"), null)
                    .with(new ProviderDefaults(
                            new RequestDefaults(
                                    Map.of(
                                            "keep_alive", new JsonText("\"1h\""),
                                            "options", new JsonText("{\"num_ctx\":8192,\"seed\":1}")),
                                    Map.of("x-plan", new Secret("gold"))),
                            Map.of()));
            ProviderTransport transport = new OllamaTransportFactory(vertx).create(settings);
            RecordingSink sink = new RecordingSink();
            transport
                    .open(
                            Attempts.unary(new Payload.Neutral(ChatRequest.builder()
                                    .user("x")
                                    .sampling(new Sampling(null, null, null, null, null, 7L, List.of()))
                                    .build())),
                            sink)
                    .request(1);
            sink.awaitFailure();
            transport.close();
        }

        assertThat(asked.get(30, TimeUnit.SECONDS))
                .contains("x-plan: gold", "\"keep_alive\":\"1h\"")
                .contains("\"options\":{\"seed\":7,\"num_ctx\":8192}");
    }

    @Test
    void embeddings_come_back_in_order_with_their_usage() throws Exception {
        RecordingSink sink = answered(
                reply(200, UNARY, "{\"model\":\"e\",\"embeddings\":[[1,2],[0.5,-1]],\"prompt_eval_count\":4}"),
                Attempts.unary(new Payload.Neutral(EmbeddingRequest.of("a", "b"))));

        assertThat(sink.awaitEnd()).isEqualTo(TokenUsage.reported(4, 0));
        EmbeddingResponse reply =
                (EmbeddingResponse) ((ReplyEvent.Whole) sink.events().getFirst()).reply();
        assertThat(reply.embeddings().get(1).values()).containsExactly(0.5f, -1f);
    }

    @ParameterizedTest
    @CsvSource({
        "http://box:1,http://box:1",
        "http://box:1/,http://box:1",
        "http://box:1/v1,http://box:1",
        "http://box:1/api/,http://box:1",
        "http://box/ollama,http://box/ollama",
    })
    void either_way_to_write_its_address_is_understood(String written, URI server) {
        assertThat(OllamaTransportFactory.server(ProviderSettings.of(
                        Attempts.PROVIDER, OllamaTransportFactory.OLLAMA, URI.create(written), null)))
                .isEqualTo(server);
    }
}
