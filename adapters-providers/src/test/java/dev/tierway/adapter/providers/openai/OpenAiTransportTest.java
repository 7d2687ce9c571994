package dev.tierway.adapter.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.simulated.RecordedRequest;
import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.adapter.providers.simulated.When;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplyEvent.Frame.Kind;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against a simulated server: a real socket, and a far end that can misbehave. */
class OpenAiTransportTest extends ProviderTransportContract {
    private static final Secret KEY = new Secret("canary-7f3a9-secret");

    private SimulatedServer server;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        return create(settings(true, ProviderSettings.DEFAULT_MAX_CONNECTIONS), TransportLimits.DEFAULTS);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void a_clients_bytes_are_forwarded_but_for_the_three_splices() {
        String prefix = "{ \"temperature\" : 0.70,\"unknown\":{\"é\":[1e2,null]}, \"model\" : ";
        String middle =
                " ,\"messages\":[{\"role\":\"user\",\"content\":\"Gr\\u00fc\u00dfe \\uD83D\\uDC4B\"}],\"stream\":true";
        String tierway = ",\"tierway\":{\"agent\":\"x\"}";
        String end = ",\"tools\":[]\n}";
        String body = prefix + "\"mid\"" + middle + tierway + end;
        int model = bytes(prefix).length;
        int member = bytes(prefix + "\"mid\"" + middle).length;
        int tail = bytes(body).length - 1;
        Payload payload = new Payload.Wire(new WireRequest(
                WireFormat.OPENAI_CHAT,
                bytes(body),
                new WireRequest.Span(model, model + 5),
                new WireRequest.Span(member, member + bytes(tierway).length),
                new WireRequest.Insertion(tail, ",\"stream_options\":{\"include_usage\":true}"),
                () -> ChatRequest.of("never asked for")));
        run(Attempts.stream(payload)).awaitEnd();
        assertThat(server.recorded().getFirst().body())
                .isEqualTo(bytes(prefix + "\"upstream-model\"" + middle
                        + ",\"tools\":[]\n,\"stream_options\":{\"include_usage\":true}}"));
    }

    @Test
    void a_stream_comes_back_as_the_bytes_the_vendor_sent() {
        RecordingSink sink = run(Attempts.stream(Attempts.wire(true)));
        assertThat(sink.awaitEnd().output()).isEqualTo(24);
        assertThat(sink.frameKinds()).startsWith(Kind.PREAMBLE, Kind.SEMANTIC).endsWith(Kind.SEMANTIC, Kind.USAGE);
        assertThat(sink.frames())
                .startsWith("data: {\"id\":\"chatcmpl-sim-1\",\"object\":\"chat.completion.chunk\"")
                .endsWith("\"total_tokens\":" + sink.awaitEnd().total() + "}}\n\n")
                .doesNotContain("[DONE]");
    }

    @Test
    void a_unary_reply_comes_back_as_the_bytes_the_vendor_sent() {
        RecordingSink sink = run(Attempts.unary(Attempts.wire(false)));
        assertThat(sink.awaitEnd().output()).isEqualTo(24);
        assertThat(sink.frameKinds()).containsExactly(Kind.SEMANTIC);
        assertThat(sink.frames()).startsWith("{\"id\":\"chatcmpl-sim-1\"").endsWith("}}");
    }

    @Test
    void a_server_that_does_not_report_usage_is_not_asked_and_its_usage_is_estimated() {
        transport.close();
        transport = create(settings(false, 10), TransportLimits.DEFAULTS);
        RecordingSink sink = run(Attempts.stream(Attempts.wire(true)));
        assertThat(sink.awaitEnd().input()).isEqualTo(Attempts.INPUT_ESTIMATE);
        assertThat(new String(server.recorded().getFirst().body(), StandardCharsets.UTF_8))
                .doesNotContain("stream_options");
        run(Attempts.stream(Attempts.neutral("x"))).awaitEnd();
        assertThat(new String(server.recorded().getLast().body(), StandardCharsets.UTF_8))
                .doesNotContain("stream_options");
    }

    @Test
    void only_our_own_headers_leave() {
        run(Attempts.stream(Attempts.wire(true))).awaitEnd();
        RecordedRequest request = server.recorded().getFirst();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers())
                .containsOnlyKeys(
                        "host",
                        "content-length",
                        "content-type",
                        "accept",
                        "accept-encoding",
                        "user-agent",
                        "x-request-id",
                        "authorization",
                        "openai-organization")
                .containsEntry("authorization", "Bearer canary-7f3a9-secret")
                .containsEntry("accept-encoding", "identity")
                .containsEntry("accept", "text/event-stream")
                .containsEntry("x-request-id", "req-1")
                .containsEntry("openai-organization", "org-1");
    }

    @Test
    void a_request_id_that_is_no_header_is_left_out() {
        AttemptRequest plain = Attempts.unary(Attempts.wire(false));
        AttemptRequest forged = new AttemptRequest(
                plain.attempt(), "a\r\nx-evil: 1", plain.replica(), plain.payload(), false, 1, plain.clocks());
        run(forged).awaitEnd();
        assertThat(server.recorded().getFirst().headers()).doesNotContainKeys("x-request-id", "x-evil");
    }

    @Test
    void only_allowed_headers_come_back() {
        RecordingSink sink = run(Attempts.unary(Attempts.wire(false)));
        assertThat(sink.awaitHead().headers()).isEqualTo(Map.of("openai-processing-ms", "1", "x-request-id", "sim-1"));
    }

    @Test
    void connections_are_kept_and_used_again() {
        for (int i = 0; i < 5; i++) {
            run(Attempts.stream(Attempts.wire(true))).awaitEnd();
            run(Attempts.unary(Attempts.wire(false))).awaitEnd();
        }
        assertThat(server.counts().completed()).isEqualTo(10);
        assertThat(server.counts().connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_HEADERS,true",
        "BEFORE_HEADERS,false",
        "BEFORE_FIRST_TOKEN,true",
        "BEFORE_FIRST_TOKEN,false",
        "MID_STREAM,true",
        "MID_STREAM,false"
    })
    void cancelling_closes_the_vendors_connection_in_every_phase(Stage stage, boolean stream) throws Exception {
        scripts.standard(SimulatedScript.HEALTHY.fault(
                ScriptedFault.of(SimulatedFault.STALL).at(stage)));
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.of(Attempts.wire(stream), stream, Attempts.PATIENT), sink);
        handle.request(Long.MAX_VALUE);
        server.awaitRequests(1).get(30, TimeUnit.SECONDS);
        if (stage != Stage.BEFORE_HEADERS) {
            sink.awaitHead();
        }
        if (stage == Stage.MID_STREAM && stream) {
            sink.awaitFirstToken();
        }
        handle.cancel();
        Failure failure = sink.awaitFailure();
        server.awaitAborted(1).get(30, TimeUnit.SECONDS);
        assertThat(failure.failureClass()).isEqualTo(FailureClass.CANCELLED);
        assertThat(failure.usage().input()).isEqualTo(Attempts.INPUT_ESTIMATE);
    }

    @Test
    void cancelling_closes_the_connection_also_while_the_caller_takes_nothing() throws Exception {
        scripts.standard(SimulatedScript.HEALTHY.outputTokens(50_000));
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.stream(Attempts.wire(true)), sink);
        handle.request(2);
        sink.awaitEvents(2);
        handle.cancel();
        server.awaitAborted(1).get(30, TimeUnit.SECONDS);
        assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.CANCELLED);
        assertThat(sink.events()).hasSize(2);
    }

    @Test
    void a_slow_caller_slows_the_vendor_down() {
        int tokens = 100_000;
        scripts.standard(SimulatedScript.HEALTHY.outputTokens(tokens));
        RecordingSink sink = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.stream(Attempts.wire(true)), sink);
        handle.request(2);
        sink.awaitEvents(2);
        scripts.standard(SimulatedScript.HEALTHY);
        for (int i = 0; i < 100; i++) {
            run(Attempts.unary(Attempts.wire(false))).awaitEnd();
        }
        assertThat(server.counts().outputTokens()).isLessThan(tokens);
        assertThat(sink.events()).hasSize(2);
        handle.request(Long.MAX_VALUE);
        assertThat(sink.awaitEnd().output()).isEqualTo(tokens);
    }

    @Test
    void a_timeout_closes_the_vendors_connection() throws Exception {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(SimulatedFault.STALL)));
        RecordingSink sink = run(Attempts.of(Attempts.wire(true), true, Attempts.clocks(60_000, 100, 60_000, 60_000)));
        assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.TIMEOUT);
        server.awaitAborted(1).get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_endless_body_is_cut_at_the_bound(boolean stream) throws Exception {
        transport.close();
        transport =
                create(settings(true, 10), new TransportLimits(10_000, 10_000, 10_000, 10_000, Duration.ofSeconds(4)));
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(SimulatedFault.HUGE_BODY)));
        Failure failure = run(Attempts.of(Attempts.wire(stream), stream, Attempts.PATIENT))
                .awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.UPSTREAM_FAULT);
        server.awaitAborted(1).get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_redirect_is_never_followed() {
        scripts.standard(SimulatedScript.HEALTHY.fault(
                ScriptedFault.status(307).header("location", server.baseUrl() + "/chat/completions")));
        assertThat(run(Attempts.unary(Attempts.wire(false))).awaitFailure().failureClass())
                .isEqualTo(FailureClass.UPSTREAM_FAULT);
        assertThat(server.counts().requests()).isEqualTo(1);
    }

    @Test
    void a_refusal_during_the_upload_is_heard() {
        scripts.standard(SimulatedScript.HEALTHY.fault(new ScriptedFault(
                SimulatedFault.EARLY_REPLY, Stage.BEFORE_HEADERS, When.always(), 413, "", List.of())));
        RecordingSink sink = run(Attempts.unary(Attempts.neutral("x".repeat(20_000_000))));
        assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.INVALID_REQUEST);
        assertThat(sink.awaitFailure().upstreamStatus()).isEqualTo(413);
        scripts.standard(SimulatedScript.HEALTHY);
        run(Attempts.unary(Attempts.wire(false))).awaitEnd();
        assertThat(server.counts().connections())
                .as("nothing follows the rest of the upload")
                .isEqualTo(2);
    }

    @Test
    void a_provider_that_is_down_is_a_transport_failure_of_the_whole_provider() throws Exception {
        server.refuseConnections().get(30, TimeUnit.SECONDS);
        Failure failure = run(Attempts.unary(Attempts.wire(false))).awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.TRANSPORT);
        assertThat(failure.processed()).isEqualTo(Processed.NO);
        assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
        assertThat(failure.message()).doesNotContain("127.0.0.1", "localhost", String.valueOf(server.port()));
        server.acceptConnections().get(30, TimeUnit.SECONDS);
        run(Attempts.unary(Attempts.wire(false))).awaitEnd();
    }

    @Test
    void a_provider_that_dies_under_a_stream_breaks_it() throws Exception {
        scripts.standard(SimulatedScript.HEALTHY.fault(
                ScriptedFault.of(SimulatedFault.STALL).at(Stage.MID_STREAM)));
        RecordingSink sink = run(Attempts.stream(Attempts.wire(true)));
        sink.awaitFirstToken();
        server.refuseConnections().get(30, TimeUnit.SECONDS);
        assertThat(sink.awaitFailure().failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
    }

    @Test
    void more_attempts_than_connections_are_refused_at_once_as_capacity() throws Exception {
        transport.close();
        transport = create(settings(true, 1), TransportLimits.DEFAULTS);
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(SimulatedFault.STALL)));
        RecordingSink first = new RecordingSink();
        AttemptHandle handle = transport.open(Attempts.unary(Attempts.wire(false)), first);
        server.awaitRequests(1).get(30, TimeUnit.SECONDS);
        Failure refused = run(Attempts.unary(Attempts.wire(false))).awaitFailure();
        assertThat(refused.failureClass()).isEqualTo(FailureClass.RATE_LIMITED);
        assertThat(refused.processed()).isEqualTo(Processed.NO);
        assertThat(refused.message()).contains("max-connections");
        handle.cancel();
        server.awaitAborted(1).get(30, TimeUnit.SECONDS);
        scripts.standard(SimulatedScript.HEALTHY);
        run(Attempts.unary(Attempts.wire(false))).awaitEnd();
    }

    private ProviderSettings settings(boolean reportsUsage, int maxConnections) {
        return new ProviderSettings(
                Attempts.PROVIDER,
                OpenAiTransportFactory.OPENAI_COMPATIBLE,
                server.baseUrl(),
                KEY,
                Map.of("openai-organization", "org-1"),
                reportsUsage,
                maxConnections,
                ConnectionSettings.DEFAULTS);
    }

    private static ProviderTransport create(ProviderSettings settings, TransportLimits limits) {
        return new OpenAiTransportFactory(vertx, System::currentTimeMillis, limits).create(settings);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
