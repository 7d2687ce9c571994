package dev.tierway.adapter.providers.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.Embedding;
import dev.tierway.application.chat.EmbeddingRequest;
import dev.tierway.application.chat.EmbeddingResponse;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.money.TokenUsage.Counted;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every transport does, and what only Bedrock's does. */
class BedrockTransportTest extends ProviderTransportContract {
    private static final Secret ACCESS = new Secret("AKIDEXAMPLECANARY");
    private static final Secret SECRET = new Secret("canary-secret-key-91f");
    private static final Secret TOKEN = new Secret("canary-session-token-77a");
    private static final AwsSettings SIGNED = new AwsSettings("eu-central-1", null, ACCESS, SECRET, TOKEN);

    private SimulatedServer server;
    private ConverseBridge bridge;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        bridge = new ConverseBridge(vertx, server.port());
        return transport(bridge.url(), null);
    }

    private static ProviderTransport transport(URI url, @Nullable Secret key) {
        return new BedrockTransportFactory(vertx)
                .create(ProviderSettings.of(Attempts.PROVIDER, "bedrock", url, key)
                        .with(SIGNED));
    }

    @AfterEach
    void stopServer() {
        bridge.close();
        server.close();
    }

    @Test
    void requests_are_signed_as_aws_checks_them() throws Exception {
        run(Attempts.unary(Attempts.neutral("Grüße 👋"))).awaitEnd();
        assertThat(bridge.lastRequest())
                .startsWith("POST /model/upstream-model/converse HTTP/1.1\r\n")
                .contains("x-amz-security-token: " + TOKEN.reveal());
        assertThat(SignatureCheck.holds(bridge.lastRequest(), SECRET.reveal(), "eu-central-1"))
                .isTrue();
        assertThat(SignatureCheck.holds(bridge.lastRequest(), "another", "eu-central-1"))
                .isFalse();
    }

    @Test
    void embeddings_are_asked_for_by_invoking_the_model() throws Exception {
        StringBuilder seen = new StringBuilder();
        String body = "{\"embedding\":[1,0.5],\"inputTextTokenCount\":3}";
        try (RawServer raw = new RawServer(
                        vertx,
                        socket -> socket.handler(bytes -> {
                            seen.append(bytes.toString(StandardCharsets.UTF_8));
                            socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                                    + body.length() + "\r\n\r\n" + body);
                        }));
                ProviderTransport mine = transport(
                        URI.create("http://127.0.0.1:" + raw.url("http").getPort()), null)) {
            AttemptRequest plain = Attempts.unary(new Payload.Neutral(EmbeddingRequest.of("x")));
            RecordingSink sink = new RecordingSink();
            mine.open(
                            new AttemptRequest(
                                    plain.attempt(),
                                    plain.requestId(),
                                    BedrockReplicas.named("amazon.titan-embed-text-v2:0"),
                                    plain.payload(),
                                    false,
                                    1,
                                    plain.clocks()),
                            sink)
                    .request(Long.MAX_VALUE);

            assertThat(sink.awaitEnd()).isEqualTo(TokenUsage.reported(3, 0));
            EmbeddingResponse reply =
                    (EmbeddingResponse) ((ReplyEvent.Whole) sink.events().getFirst()).reply();
            assertThat(reply.embeddings()).containsExactly(Embedding.of(1f, 0.5f));
        }
        assertThat(seen.toString())
                .startsWith("POST /model/amazon.titan-embed-text-v2%3A0/invoke HTTP/1.1\r\n")
                .endsWith("{\"inputText\":\"x\"}");
        assertThat(SignatureCheck.holds(seen.toString(), SECRET.reveal(), "eu-central-1"))
                .isTrue();
    }

    @Test
    void a_large_body_and_an_arn_are_signed_too() throws Exception {
        StringBuilder seen = new StringBuilder();
        try (RawServer raw = new RawServer(
                vertx,
                socket -> socket.handler(bytes -> {
                    seen.append(bytes.toString(StandardCharsets.UTF_8));
                    if (seen.length() > 300_000 && seen.toString().endsWith("]}]}")) {
                        socket.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}");
                    }
                }))) {
            String arn = "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-x-v1:0";
            AttemptRequest plain = Attempts.unary(new Payload.Neutral(ChatRequest.of("x".repeat(300_000))));
            AttemptRequest attempt = new AttemptRequest(
                    plain.attempt(),
                    plain.requestId(),
                    BedrockReplicas.named(arn),
                    plain.payload(),
                    false,
                    1,
                    plain.clocks());
            URI url = URI.create("http://127.0.0.1:" + raw.url("http").getPort());
            try (ProviderTransport mine = transport(url, null)) {
                RecordingSink sink = new RecordingSink();
                mine.open(attempt, sink).request(Long.MAX_VALUE);
                sink.awaitFailure();
            }
            assertThat(seen.toString())
                    .startsWith("POST /model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2F"
                            + "eu.anthropic.claude-x-v1%3A0/converse HTTP/1.1\r\n");
            assertThat(SignatureCheck.holds(seen.toString(), SECRET.reveal(), "eu-central-1"))
                    .isTrue();
        }
    }

    @Test
    void a_bedrock_key_is_a_bearer_token_and_nothing_is_signed() {
        try (ProviderTransport keyed = transport(bridge.url(), new Secret("bedrock-api-key-abc"))) {
            RecordingSink sink = new RecordingSink();
            keyed.open(Attempts.unary(Attempts.neutral("x")), sink).request(Long.MAX_VALUE);
            sink.awaitEnd();
        }
        assertThat(bridge.lastRequest())
                .contains("authorization: Bearer bedrock-api-key-abc")
                .doesNotContain("x-amz-date");
    }

    @Test
    void a_profile_that_is_not_there_is_a_credential_failure_without_a_call() {
        ProviderSettings settings = ProviderSettings.of(Attempts.PROVIDER, "bedrock", bridge.url(), null)
                .with(new AwsSettings("eu-central-1", "no-such-profile", null, null, null));
        try (ProviderTransport mine = new BedrockTransportFactory(vertx).create(settings)) {
            RecordingSink sink = new RecordingSink();
            mine.open(Attempts.unary(Attempts.neutral("x")), sink).request(Long.MAX_VALUE);
            Failure failure = sink.awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.CREDENTIAL);
            assertThat(failure.message()).contains("no AWS credentials in the AWS profile 'no-such-profile'");
        }
        assertThat(server.counts().requests()).isZero();
    }

    @Test
    void without_a_region_there_is_no_transport() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BedrockTransportFactory(vertx)
                        .create(ProviderSettings.of(Attempts.PROVIDER, "bedrock", null, null)))
                .withMessageContaining("needs a region");
        assertThat(BedrockTransportFactory.baseUrl(AwsSettings.in("cn-north-1")))
                .hasToString("https://bedrock-runtime.cn-north-1.amazonaws.com.cn");
    }

    private Failure refused(String status, String type, String body) throws Exception {
        String reply = "HTTP/1.1 " + status + " X\r\ncontent-type: application/json\r\n"
                + (type.isEmpty() ? "" : "x-amzn-ErrorType: " + type + "\r\n") + "content-length: " + body.length()
                + "\r\n\r\n" + body;
        return replied(reply.getBytes(StandardCharsets.UTF_8), false).awaitFailure();
    }

    private static RecordingSink replied(byte[] reply, boolean stream) throws Exception {
        try (RawServer raw = new RawServer(
                        vertx,
                        socket -> socket.handler(request -> {
                            socket.write(Buffer.buffer(reply));
                            socket.end();
                        }));
                ProviderTransport mine = transport(
                        URI.create("http://127.0.0.1:" + raw.url("http").getPort()), new Secret("some-key"))) {
            RecordingSink sink = new RecordingSink();
            mine.open(stream ? Attempts.stream(Attempts.neutral("x")) : Attempts.unary(Attempts.neutral("x")), sink)
                    .request(Long.MAX_VALUE);
            sink.awaitEnding();
            return sink;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ValidationException | Input is too long for requested model. | CONTEXT_TOO_LONG",
                "400 | ValidationException:http://internal.amazon.com/coral/x | Malformed input request |"
                        + " INVALID_REQUEST",
                "400 | ValidationException | The provided model identifier is invalid. | MISCONFIGURED",
                "400 | ValidationException | Invocation of model ID x with on-demand throughput isn't supported."
                        + " | MISCONFIGURED",
                "400 | ServiceQuotaExceededException | Your request exceeds the service quota | RATE_LIMITED",
                "403 | AccessDeniedException | You don't have access to the model with the specified model ID."
                        + " | MISCONFIGURED",
                "403 | UnrecognizedClientException | The security token included in the request is invalid."
                        + " | CREDENTIAL",
                "403 | ExpiredTokenException | The security token included in the request is expired | CREDENTIAL",
                "403 | InvalidSignatureException | The canonical string was /model/x | CREDENTIAL",
                "404 | ResourceNotFoundException | This model version has reached the end of its life. | MISCONFIGURED",
                "408 | ModelTimeoutException | The model took too long | TIMEOUT",
                "424 | ModelErrorException | The model failed | UPSTREAM_FAULT",
                "429 | ThrottlingException | Too many requests, please wait | RATE_LIMITED",
                "429 | ModelNotReadyException | The model is not ready | OVERLOADED",
                "500 | InternalServerException | oops | UPSTREAM_FAULT",
                "503 | ServiceUnavailableException | busy | OVERLOADED"
            })
    void a_refusal_has_the_class_of_its_exception(String status, String type, String words, FailureClass expected)
            throws Exception {
        Failure failure = refused(status.strip(), type.strip(), "{\"message\":\"" + words.strip() + "\"}");
        assertThat(failure.failureClass()).isEqualTo(expected);
        assertThat(failure.message()).isEqualTo(words.strip());
    }

    @Test
    void secrets_that_a_refusal_repeats_are_not_shown() throws Exception {
        Failure failure = refused(
                "403",
                "InvalidSignatureException",
                "{\"Message\":\"expected x-amz-security-token:" + TOKEN.reveal() + " of ASIAQWERTYUIOP123456 and "
                        + SECRET.reveal() + "\"}");
        assertThat(failure.failureClass()).isEqualTo(FailureClass.CREDENTIAL);
        assertThat(failure.message()).doesNotContain("canary").doesNotContain("ASIA");
        assertThat(failure.toString()).doesNotContain("canary");
    }

    private static RecordingSink streamed(byte[]... frames) throws Exception {
        byte[] body = Frames.join(frames);
        byte[] head = ("HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\ncontent-length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        return replied(Frames.join(head, body), true);
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, slow down, RATE_LIMITED",
        "serviceUnavailableException, busy, OVERLOADED",
        "internalServerException, oops, UPSTREAM_FAULT",
        "modelStreamErrorException, broke, UPSTREAM_FAULT",
        "validationException, Input is too long for requested model., CONTEXT_TOO_LONG",
        "somethingNewException, hm, UPSTREAM_FAULT"
    })
    void an_exception_before_the_answer_has_its_own_class(String type, String words, FailureClass expected)
            throws Exception {
        Failure failure = streamed(
                        Frames.event("messageStart", "{\"role\":\"assistant\"}"), Frames.exception(type, words))
                .awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(expected);
        assertThat(failure.message()).isEqualTo(words);
    }

    @Test
    void what_breaks_a_stream_after_its_first_token_keeps_what_was_seen() throws Exception {
        byte[] begun =
                Frames.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hello you\"}}");
        byte[] stop = Frames.event("messageStop", "{\"stopReason\":\"end_turn\"}");
        byte[] flipped = stop.clone();
        flipped[flipped.length - 1] = (byte) (flipped[flipped.length - 1] ^ 1);
        for (byte[] rest : new byte[][] {
            Frames.exception("throttlingException", "slow down"),
            Frames.error("InternalError", "oops"),
            flipped,
            Arrays.copyOf(stop, stop.length - 1),
            {},
            "garbage that is no frame".getBytes(StandardCharsets.UTF_8),
            Frames.event("messageStop", "not json")
        }) {
            RecordingSink sink = streamed(begun, rest);
            Failure failure = sink.awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
            assertThat(failure.usage().how()).isEqualTo(Counted.ESTIMATED);
            assertThat(sink.text()).isEqualTo("Hello you");
        }
    }

    @Test
    void a_stream_that_ends_without_metadata_is_whole_and_its_usage_estimated() throws Exception {
        RecordingSink sink = streamed(
                Frames.event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hello\"}}"),
                Frames.event("messageStop", "{\"stopReason\":\"end_turn\"}"));
        assertThat(sink.awaitEnd().how()).isEqualTo(Counted.ESTIMATED);
        assertThat(streamed(Frames.saying("Hello")).awaitEnd().how()).isEqualTo(Counted.REPORTED);
    }

    @Test
    void a_frame_longer_than_any_event_is_not_waited_for() throws Exception {
        byte[] huge = Frames.event("contentBlockDelta", "x".repeat(2 << 20));
        Failure failure = streamed(huge).awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(failure.message()).contains("too long or broken");
    }
}
