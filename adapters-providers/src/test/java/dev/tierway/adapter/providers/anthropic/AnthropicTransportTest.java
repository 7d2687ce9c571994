package dev.tierway.adapter.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.ProbeSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.simulated.RecordedRequest;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplicaProbe;
import dev.tierway.application.port.out.ReplyEvent.Frame.Kind;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.application.port.out.WireRequest;
import dev.tierway.domain.fleet.ProbeResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transport of Anthropic's format against a simulated server that speaks it over a real socket. */
class AnthropicTransportTest extends ProviderTransportContract {
    private static final Secret KEY = new Secret("canary-7f3a9-secret");

    private SimulatedServer server;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        return new AnthropicTransportFactory(vertx).create(settings(Map.of("anthropic-beta", "something-2026")));
    }

    private ProviderSettings settings(Map<String, String> headers) {
        URI base = URI.create("http://127.0.0.1:" + server.port());
        return new ProviderSettings(
                Attempts.PROVIDER,
                AnthropicTransportFactory.ANTHROPIC,
                base,
                KEY,
                headers,
                true,
                ProviderSettings.DEFAULT_MAX_CONNECTIONS,
                ConnectionSettings.DEFAULTS);
    }

    @Override
    protected boolean tellsInputFirst() {
        return true;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static Payload wire(boolean stream) {
        String body = "{\"model\":\"mid\",\"max_tokens\":1000,\"tierway\":{\"agent\":\"x\"},\"unknown\":[1e2],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}]" + (stream ? ",\"stream\":true}" : "}");
        int model = body.indexOf("\"mid\"");
        int member = body.indexOf("\"tierway\"");
        return new Payload.Wire(new WireRequest(
                WireFormat.ANTHROPIC_MESSAGES,
                body.getBytes(StandardCharsets.UTF_8),
                new WireRequest.Span(model, model + 5),
                new WireRequest.Span(member, body.indexOf("\"unknown\"")),
                null,
                () -> ChatRequest.of("never asked for")));
    }

    @Test
    void the_key_the_version_and_the_operators_headers_go_along() {
        run(Attempts.unary(Attempts.neutral("hello"))).awaitEnd();
        RecordedRequest request = server.recorded().getFirst();
        assertThat(request.path()).isEqualTo("/v1/messages");
        assertThat(request.headers())
                .containsEntry("x-api-key", KEY.reveal())
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry("anthropic-beta", "something-2026")
                .doesNotContainKey("authorization");
    }

    @Test
    void the_operators_own_version_is_kept() {
        try (ProviderTransport other =
                new AnthropicTransportFactory(vertx).create(settings(Map.of("Anthropic-Version", "2030-01-01")))) {
            RecordingSink sink = new RecordingSink();
            other.open(Attempts.unary(Attempts.neutral("hello")), sink);
            sink.awaitEnd();
        }
        assertThat(server.recorded().getFirst().headers()).containsEntry("anthropic-version", "2030-01-01");
    }

    @Test
    void two_keys_are_one_too_many() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnthropicTransportFactory(vertx).create(settings(Map.of("X-Api-Key", "other"))))
                .withMessageContaining("keep one of them")
                .withMessageNotContaining("other");
    }

    @Test
    void a_clients_bytes_are_forwarded_but_for_the_splices() {
        run(Attempts.unary(wire(false))).awaitEnd();
        assertThat(new String(server.recorded().getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"model\":\"upstream-model\",\"max_tokens\":1000,\"unknown\":[1e2],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}]}");
    }

    @Test
    void a_client_of_this_format_gets_the_vendors_own_bytes() {
        RecordingSink unary = run(Attempts.unary(wire(false)));
        assertThat(unary.awaitEnd().output()).isEqualTo(24);
        assertThat(unary.frames()).startsWith("{\"id\":\"msg_sim_").contains("You said: hé");
        RecordingSink stream = run(Attempts.stream(wire(true)));
        assertThat(stream.awaitEnd().output()).isEqualTo(24);
        assertThat(stream.frames())
                .startsWith("event: message_start\ndata: ")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        assertThat(stream.frameKinds().getFirst()).isEqualTo(Kind.PREAMBLE);
        assertThat(stream.frameKinds()).contains(Kind.SEMANTIC).doesNotContain(Kind.USAGE);
    }

    @Test
    void a_client_of_another_format_gets_neutral_pieces() {
        RecordingSink stream = run(Attempts.stream(Attempts.wire(true)));
        assertThat(stream.awaitEnd().output()).isEqualTo(24);
        assertThat(stream.text()).contains("You said: hello");
    }

    @Test
    void a_probe_asks_for_the_list_of_models_as_the_api_wants_it() throws Exception {
        server.scripts().of(Attempts.UPSTREAM_MODEL, SimulatedScript.HEALTHY);
        try (ReplicaProbe probe = new AnthropicTransportFactory(vertx)
                .probe(settings(Map.of()), new ProbeSettings(null, Duration.ofSeconds(30)))
                .orElseThrow()) {
            assertThat(probe.probe(Attempts.replica()).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .isEqualTo(ProbeResult.ALIVE);
        }
        RecordedRequest asked = server.recorded().getFirst();
        assertThat(asked.method() + " " + asked.path()).isEqualTo("GET /v1/models?limit=1000");
        assertThat(asked.headers())
                .containsEntry("x-api-key", KEY.reveal())
                .containsEntry("anthropic-version", "2023-06-01");
    }
}
