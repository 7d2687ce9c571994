package dev.tierway.adapter.providers.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.http.StreamEvent;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.ChatMessage;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.VendorLimit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An attempt in a dialect of lines: {@code text …}, {@code stop}, {@code error …}, {@code end}. */
class HttpAttemptTest {
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static final class Lines implements ReplyDecoder {
        private final boolean finishIsEnd;

        private Lines(boolean finishIsEnd) {
            this.finishIsEnd = finishIsEnd;
        }

        @Override
        public DecodedEvent event(StreamEvent event) throws IOException {
            String line = event.text();
            if (line.startsWith("text ")) {
                return new DecodedEvent.Pieces(List.of(new ChatEvent.TextDelta(0, line.substring(5))), false);
            }
            return switch (line) {
                case "ping" -> DecodedEvent.NOTHING;
                case "stop" -> new DecodedEvent.Pieces(List.of(new ChatEvent.Finished(0, FinishReason.STOP)), false);
                case "end" -> new DecodedEvent.Pieces(List.of(), true);
                case "error" ->
                    new DecodedEvent.Failed(VendorError.parse(event.data(), event.offset(), event.length()));
                default -> throw new IOException("garbage");
            };
        }

        @Override
        public DecodedReply whole(byte[] body) throws IOException, VendorErrorException {
            String text = new String(body, StandardCharsets.UTF_8);
            if (text.equals("error")) {
                throw new VendorErrorException(VendorError.parse(body, 0, body.length));
            }
            if (text.equals("garbage")) {
                throw new IOException(text);
            }
            List<ChatResponse.Choice> choices = text.isEmpty()
                    ? List.of()
                    : List.of(new ChatResponse.Choice(ChatMessage.assistant(text), FinishReason.STOP));
            return new DecodedReply("id", "model", 1, choices, null);
        }

        @Override
        public boolean finishIsEnd() {
            return finishIsEnd;
        }
    }

    private record Api(ProviderSettings settings, boolean finishIsEnd) implements VendorApi {
        @Override
        public UpstreamRequest request(AttemptRequest attempt) {
            return new UpstreamRequest("say?x=1", Map.of("x-lines", "1"), "hello".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public String mediaType(boolean stream) {
            return stream ? "text/event-stream" : "text/plain";
        }

        @Override
        public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
            Lines lines = new Lines(finishIsEnd);
            return attempt.stream()
                    ? new DecodedStreamReader(
                            ReplyShape.NEUTRAL, SseSplitter::new, 1000, lines, tally, errors(), findings)
                    : new DecodedUnaryReader(ReplyShape.NEUTRAL, 1000, lines, tally, errors(), findings);
        }

        @Override
        public ErrorClassifier errors() {
            return new ErrorClassifier(settings.redactor());
        }

        @Override
        public List<VendorLimit> limits(UpstreamHead head) {
            return List.of();
        }
    }

    private static RecordingSink run(String reply, boolean stream, boolean finishIsEnd) throws Exception {
        String type = stream ? "text/event-stream" : "text/plain";
        String whole = "HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ncontent-length: " + reply.length() + "\r\n\r\n"
                + reply;
        try (RawServer server = new RawServer(vertx, RawServer.answering(whole))) {
            RecordingSink sink = new RecordingSink();
            try (HttpTransport transport = transport(server, Authorizer.NONE, finishIsEnd)) {
                transport.open(request(stream), sink).request(100);
                sink.awaitEnding();
            }
            return sink;
        }
    }

    private static AttemptRequest request(boolean stream) {
        return stream ? Attempts.stream(Attempts.neutral("hi")) : Attempts.unary(Attempts.neutral("hi"));
    }

    private static HttpTransport transport(RawServer server, Authorizer authorizer, boolean finishIsEnd) {
        ProviderSettings settings =
                ProviderSettings.of(Attempts.PROVIDER, "lines", server.url("http"), new Secret("sk-secret-word"));
        return new HttpTransport(
                vertx,
                System::currentTimeMillis,
                TransportLimits.DEFAULTS,
                settings,
                new Endpoint(server.url("http"), settings.headers()),
                authorizer,
                new Api(settings, finishIsEnd));
    }

    private static String stream(String... lines) {
        return String.join(
                "",
                List.of(lines).stream().map(line -> "data: " + line + "\n\n").toList());
    }

    @Test
    void a_stream_is_handed_on_piece_by_piece_and_ends_at_its_mark() throws Exception {
        RecordingSink sink = run(stream("ping", "text Hello", "stop", "end", "text late"), true, false);

        assertThat(sink.pieces())
                .containsExactly(new ChatEvent.TextDelta(0, "Hello"), new ChatEvent.Finished(0, FinishReason.STOP));
        assertThat(sink.awaitEnd()).isEqualTo(TokenUsage.estimated(Attempts.INPUT_ESTIMATE, 2));
    }

    @Test
    void where_a_finish_is_the_end_a_stream_may_stop_after_it() throws Exception {
        assertThat(run(stream("text a", "stop"), true, true).awaitEnd().output())
                .isEqualTo(1);
        Failure truncated = run(stream("text a", "stop"), true, false).awaitFailure();
        assertThat(truncated.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(truncated.usage()).isNotNull();
    }

    @Test
    void errors_and_garbage_in_a_stream_break_it_or_stand_for_the_answer() throws Exception {
        assertThat(run(stream("text a", "error"), true, true).awaitFailure().failureClass())
                .isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(run(stream("error"), true, true).awaitFailure().failureClass())
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(run(stream("text a", "?"), true, true).awaitFailure().message())
                .contains("not of its dialect");
        assertThat(run(stream("ping", "end"), true, true).awaitFailure().message())
                .contains("without an answer");
        assertThat(run(stream("text " + "x".repeat(2000)), true, true)
                        .awaitFailure()
                        .message())
                .contains("too long");
    }

    @Test
    void a_whole_answer_is_one_only_if_the_decoder_says_so() throws Exception {
        RecordingSink sink = run("Hello", false, true);
        assertThat(sink.whole().text()).isEqualTo("Hello");
        assertThat(sink.whole().usage()).isEqualTo(TokenUsage.estimated(Attempts.INPUT_ESTIMATE, 2));
        for (String bad : List.of("error", "garbage", "x".repeat(1001))) {
            assertThat(run(bad, false, true).awaitFailure().failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
        }
    }

    @Test
    void a_credential_that_comes_later_is_waited_for() throws Exception {
        Promise<Void> later = Promise.promise();
        try (RawServer server = new RawServer(
                        vertx,
                        RawServer.answering(
                                "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nhi"));
                HttpTransport transport = transport(
                        server,
                        (request, body) -> {
                            request.putHeader("authorization", "late");
                            return later.future();
                        },
                        true)) {
            RecordingSink sink = new RecordingSink();
            transport.open(request(false), sink).request(1);
            later.complete();
            assertThat(sink.awaitEnd()).isNotNull();
        }
    }

    @Test
    void without_a_credential_nothing_is_sent_and_its_words_hold_no_secret() throws Exception {
        try (RawServer server = new RawServer(vertx, socket -> {});
                HttpTransport transport = transport(
                        server, (request, body) -> Future.failedFuture("no token for sk-secret-word"), true)) {
            RecordingSink sink = new RecordingSink();
            transport.open(request(false), sink).request(1);
            Failure failure = sink.awaitFailure();

            assertThat(failure.failureClass()).isEqualTo(FailureClass.CREDENTIAL);
            assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
            assertThat(failure.processed()).isEqualTo(Processed.NO);
            assertThat(failure.message())
                    .startsWith("no credential could be had")
                    .doesNotContain("secret-word");
        }
    }

    @Test
    void an_attempt_that_ends_while_its_credential_is_fetched_sends_nothing() throws Exception {
        Promise<Void> later = Promise.promise();
        try (RawServer server = new RawServer(vertx, socket -> {
                    throw new IllegalStateException("nobody should come");
                });
                HttpTransport transport = transport(server, (request, body) -> later.future(), true)) {
            RecordingSink sink = new RecordingSink();
            AttemptHandle handle = transport.open(request(false), sink);
            handle.cancel();
            assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.CANCELLED);
            later.complete();
            assertThat(sink.breaches()).isEmpty();
        }
    }
}
