package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.simulated.RecordedRequest;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.port.out.ProviderTransport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gemini over a real socket. */
class GeminiTransportTest extends ProviderTransportContract {
    private static final Secret KEY = new Secret("canary-7f3a9-secret");

    private SimulatedServer server;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        return new GoogleTransportFactory(vertx)
                .create(ProviderSettings.of(Attempts.PROVIDER, GoogleTransportFactory.GEMINI, server.baseUrl(), KEY));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void the_key_goes_into_a_header_of_its_own_and_the_model_into_the_path() {
        run(Attempts.unary(Attempts.neutral("hello"))).awaitEnd();
        run(Attempts.stream(Attempts.neutral("hello"))).awaitEnd();
        RecordedRequest unary = server.recorded().getFirst();
        assertThat(unary.path()).isEqualTo("/v1/models/upstream-model:generateContent");
        assertThat(unary.headers())
                .containsOnlyKeys(
                        "host",
                        "content-length",
                        "content-type",
                        "accept",
                        "accept-encoding",
                        "user-agent",
                        "x-request-id",
                        "x-goog-api-key")
                .containsEntry("x-goog-api-key", KEY.reveal())
                .containsEntry("accept", "application/json");
        RecordedRequest stream = server.recorded().getLast();
        assertThat(stream.path()).isEqualTo("/v1/models/upstream-model:streamGenerateContent?alt=sse");
        assertThat(stream.headers()).containsEntry("accept", "text/event-stream");
    }

    @Test
    void a_body_in_openais_format_is_translated() {
        run(Attempts.stream(Attempts.wire(true))).awaitEnd();
        assertThat(server.recorded().getFirst().body())
                .asString()
                .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}");
    }
}
