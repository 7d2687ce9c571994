package dev.tierway.adapter.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.RawServer;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.openai.OpenAiApi;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.adapter.providers.wire.CredentialCache.Lease;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.application.chat.ChatEvent;
import dev.tierway.application.chat.FinishReason;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every transport does, and what only Azure's does. */
class AzureOpenAiTransportTest extends ProviderTransportContract {
    private static final AzureSettings DATED = new AzureSettings("2024-10-21", null, null, null, false, null, null);

    private SimulatedServer server;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        return transport(root(), "azure-key-1", AzureSettings.DEFAULTS);
    }

    private URI root() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private static ProviderSettings settings(URI url, @Nullable String key, AzureSettings azure) {
        return ProviderSettings.of(Attempts.PROVIDER, "azure-openai", url, key == null ? null : new Secret(key))
                .with(azure);
    }

    private static ProviderTransport transport(URI url, @Nullable String key, AzureSettings azure) {
        return new AzureOpenAiTransportFactory(vertx).create(settings(url, key, azure));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    /** What the far end hears of a call. */
    private static String heard(AzureSettings azure, String path, boolean stream) throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        try (RawServer raw = new RawServer(
                        vertx,
                        socket -> socket.handler(bytes -> {
                            request.complete(bytes.toString(StandardCharsets.UTF_8));
                            socket.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}");
                        }));
                ProviderTransport mine = transport(
                        URI.create("http://127.0.0.1:" + raw.url("http").getPort() + path), "azure-key-1", azure)) {
            RecordingSink sink = new RecordingSink();
            mine.open(Attempts.of(Attempts.wire(stream), stream, Attempts.PATIENT), sink)
                    .request(Long.MAX_VALUE);
            sink.awaitFailure();
            return request.get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/openai", "/openai/v1", "/openai/v1/"})
    void the_v1_surface_names_the_deployment_in_the_body(String given) throws Exception {
        String request = heard(AzureSettings.DEFAULTS, given, true);
        assertThat(request)
                .startsWith("POST /openai/v1/chat/completions HTTP/1.1\r\n")
                .contains("api-key: azure-key-1")
                .doesNotContain("authorization")
                // A client's bytes but for the model and the wish for usage.
                .endsWith("{\"model\":\"upstream-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                        + "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void a_dated_version_names_the_deployment_in_the_path() throws Exception {
        assertThat(heard(DATED, "", false))
                .startsWith("POST /openai/deployments/upstream-model/chat/completions?api-version=2024-10-21 HTTP/1.1");
        assertThat(new DeploymentPath("2024-10-21").of("chat/completions", "my gpt/4"))
                .isEqualTo("openai/deployments/my%20gpt%2F4/chat/completions?api-version=2024-10-21");
    }

    private RecordingSink withTokens(Callable<Lease<String>> source) {
        ProviderSettings settings = settings(root(), null, AzureSettings.DEFAULTS);
        try (ProviderTransport mine = new HttpTransport(
                vertx,
                System::currentTimeMillis,
                TransportLimits.DEFAULTS,
                settings,
                new Endpoint(root(), settings.headers()),
                new EntraAuthorizer(vertx, System::currentTimeMillis, source),
                OpenAiApi.at(
                        settings,
                        TransportLimits.DEFAULTS,
                        System::currentTimeMillis,
                        Vendor.AZURE_OPENAI,
                        new DeploymentPath(null)::of))) {
            RecordingSink last = new RecordingSink();
            for (int i = 0; i < 3; i++) {
                RecordingSink sink = new RecordingSink();
                mine.open(Attempts.unary(Attempts.neutral("x")), sink).request(Long.MAX_VALUE);
                sink.awaitEnding();
                last = sink;
            }
            return last;
        }
    }

    @Test
    void a_token_is_fetched_once_and_sent_instead_of_a_key() {
        AtomicInteger fetched = new AtomicInteger();
        withTokens(() -> new Lease<>("entra-" + fetched.incrementAndGet(), System.currentTimeMillis() + 3_600_000))
                .awaitEnd();
        assertThat(fetched).hasValue(1);
        assertThat(server.recorded())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers().toString()).contains("Bearer entra-1"));
    }

    @Test
    void without_a_token_nothing_is_sent_and_the_credential_is_to_blame() {
        Failure failure = withTokens(() -> {
                    throw new IllegalStateException("Microsoft Entra gave no token: AADSTS700016");
                })
                .awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.CREDENTIAL);
        assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
        assertThat(failure.message()).contains("AADSTS700016");
        assertThat(server.counts().requests()).isZero();
    }

    @Test
    void two_credentials_or_no_address_are_refused() {
        AzureSettings machine = new AzureSettings(null, null, null, null, true, null, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transport(root(), "key-1234", machine))
                .withMessageContaining("keep one of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AzureOpenAiTransportFactory(vertx)
                        .create(ProviderSettings.of(Attempts.PROVIDER, "azure-openai", null, null)))
                .withMessageContaining("needs a base-url");
    }

    private static RecordingSink replied(String reply, boolean stream) throws Exception {
        try (RawServer raw = new RawServer(vertx, RawServer.answering(reply));
                ProviderTransport mine = transport(
                        URI.create("http://127.0.0.1:" + raw.url("http").getPort()), "azure-key-1", DATED)) {
            RecordingSink sink = new RecordingSink();
            mine.open(stream ? Attempts.stream(Attempts.neutral("x")) : Attempts.unary(Attempts.neutral("x")), sink)
                    .request(Long.MAX_VALUE);
            sink.awaitEnding();
            return sink;
        }
    }

    private static String http(String head, String body) {
        return "HTTP/1.1 " + head + "\r\ncontent-length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
                + body;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 |"
                    + " {'error':{'message':'filtered','type':null,'param':'prompt','code':'content_filter','status':400,"
                    + "'innererror':{'code':'ResponsibleAIPolicyViolation','content_filter_result':{'hate':{'filtered':true,'severity':'high'}}}}}"
                    + " | CONTENT_POLICY",
                "404 | {'error':{'code':'DeploymentNotFound','message':'The API deployment does not exist.'}}"
                        + " | MISCONFIGURED",
                "404 | {'error':{'code':'404','message':'Resource not found'}} | MISCONFIGURED",
                "401 | {'error':{'code':'401','message':'Access denied due to invalid subscription key'}} | CREDENTIAL",
                "429 | {'error':{'code':'429','message':'exceeded token rate limit'}} | RATE_LIMITED",
                "400 | {'error':{'code':'context_length_exceeded','message':'too long'}} | CONTEXT_TOO_LONG",
                "503 | {'error':{'code':'ServiceUnavailable','message':'busy'}} | OVERLOADED"
            })
    void azures_refusals_have_their_classes(String status, String body, FailureClass expected) throws Exception {
        Failure failure = replied(
                        http(
                                status.strip() + " X\r\ncontent-type: application/json\r\nretry-after-ms: 1234",
                                body.strip().replace('\'', '"')),
                        false)
                .awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(expected);
        assertThat(failure.retryAfterMillis()).isEqualTo(1234);
    }

    @Test
    void a_stream_with_filter_results_is_an_answer_and_its_filter_a_reason() throws Exception {
        String body = """
            data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,\
            "content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,\
            "delta":{"role":"assistant","content":"Hel"},"finish_reason":null,"content_filter_results":{}}]}

            data: {"id":"","object":"","created":0,"model":"","choices":[{"index":0,"finish_reason":null,\
            "content_filter_results":{"hate":{"filtered":false}},"content_filter_offsets":{"check_offset":1}}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"gpt-4o","choices":[{"index":0,\
            "delta":{},"finish_reason":"content_filter","content_filter_results":{"hate":{"filtered":true}}}]}

            data: [DONE]

            """;
        RecordingSink sink = replied(http("200 OK\r\ncontent-type: text/event-stream", body), true);
        assertThat(sink.awaitEnd().output()).isPositive();
        assertThat(sink.text()).isEqualTo("Hel");
        assertThat(sink.pieces()).contains(new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER));
    }
}
