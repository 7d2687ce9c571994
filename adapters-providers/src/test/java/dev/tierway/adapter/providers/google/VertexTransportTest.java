package dev.tierway.adapter.providers.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.providers.Attempts;
import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.GoogleSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.ProviderTransportContract;
import dev.tierway.adapter.providers.RecordingSink;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.simulated.RecordedRequest;
import dev.tierway.adapter.providers.simulated.SimulatedServer;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vertex over real sockets: tokens by Google's library from a loopback issuer, models from a simulated server. */
class VertexTransportTest extends ProviderTransportContract {
    @TempDir
    Path folder;

    private final AtomicLong later = new AtomicLong();
    private SimulatedServer server;
    private TokenServer tokens;

    @Override
    protected ProviderTransport create() throws Exception {
        server = SimulatedServer.start(vertx, "simulated-box", scripts).get(30, TimeUnit.SECONDS);
        tokens = new TokenServer(vertx);
        tokens.writeKey(folder.resolve("key.json"));
        return factory().create(settings(null, Map.of(), folder.resolve("key.json")));
    }

    private GoogleTransportFactory factory() {
        return new GoogleTransportFactory(
                vertx, () -> System.currentTimeMillis() + later.get(), TransportLimits.DEFAULTS);
    }

    private ProviderSettings settings(Secret key, Map<String, String> headers, Path file) {
        return new ProviderSettings(
                        Attempts.PROVIDER,
                        GoogleTransportFactory.VERTEX,
                        server.baseUrl(),
                        key,
                        headers,
                        true,
                        100,
                        ConnectionSettings.DEFAULTS)
                .with(new GoogleSettings("my-project", "eu", file));
    }

    @AfterEach
    void stopServers() {
        server.close();
        tokens.close();
    }

    @Test
    void a_call_bears_a_token_and_names_project_location_and_publisher() {
        run(Attempts.stream(Attempts.neutral("hello"))).awaitEnd();
        RecordedRequest request = server.recorded().getFirst();
        assertThat(request.path())
                .isEqualTo("/v1/projects/my-project/locations/eu/publishers/google/models/upstream-model"
                        + ":streamGenerateContent?alt=sse");
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer token-1")
                .doesNotContainKey("x-goog-api-key");
    }

    @Test
    void one_token_serves_many_calls_and_is_fetched_anew_before_its_end() {
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sinks.add(run(Attempts.unary(Attempts.neutral("hello"))));
        }
        sinks.forEach(RecordingSink::awaitEnd);
        assertThat(tokens.issued).hasValue(1);
        later.set(TimeUnit.MINUTES.toMillis(61));
        run(Attempts.unary(Attempts.neutral("hello"))).awaitEnd();
        assertThat(tokens.issued).hasValue(2);
        assertThat(server.recorded().getLast().headers()).containsEntry("authorization", "Bearer token-2");
    }

    @Test
    void a_key_that_google_refuses_is_a_credential_failure_of_the_whole_provider_and_nothing_is_sent() {
        tokens.lifetimeSeconds = 0;
        Failure failure = run(Attempts.unary(Attempts.neutral("x"))).awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.CREDENTIAL);
        assertThat(failure.scope()).isEqualTo(Failure.Scope.PROVIDER);
        assertThat(failure.processed()).isEqualTo(Processed.NO);
        assertThat(failure.message()).doesNotContain("PRIVATE KEY");
        assertThat(server.counts().requests()).isZero();
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        transport.close();
        transport = factory().create(settings(null, Map.of(), folder.resolve("lost.json")));
        assertThat(run(Attempts.unary(Attempts.neutral("x"))).awaitFailure().message())
                .contains("google.credentials")
                .contains("lost.json");
    }

    @Test
    void an_api_key_or_a_header_of_the_operators_stands_for_a_token() {
        transport.close();
        transport = factory().create(settings(new Secret("vertex-key"), Map.of(), null));
        run(Attempts.unary(Attempts.neutral("x"))).awaitEnd();
        assertThat(server.recorded().getLast().headers())
                .containsEntry("x-goog-api-key", "vertex-key")
                .doesNotContainKey("authorization");
        transport.close();
        transport = factory().create(settings(null, Map.of("authorization", "Bearer mine"), null));
        run(Attempts.unary(Attempts.neutral("x"))).awaitEnd();
        assertThat(server.recorded().getLast().headers()).containsEntry("authorization", "Bearer mine");
        assertThat(tokens.issued).hasValue(0);
    }

    @Test
    void vertex_without_a_project_says_what_to_add() {
        ProviderSettings nowhere =
                ProviderSettings.of(Attempts.PROVIDER, GoogleTransportFactory.VERTEX, server.baseUrl(), null);
        assertThatThrownBy(() -> factory().create(nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("google: { project:");
    }

    @Test
    void without_googles_library_it_says_which_to_add_and_the_rest_works() throws Exception {
        TransportFactory bare = (TransportFactory) new WithoutLibrary()
                .loadClass(GoogleTransportFactory.class.getName())
                .getConstructor(Vertx.class)
                .newInstance(vertx);
        assertThatThrownBy(() -> bare.create(settings(null, Map.of(), null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("com.google.auth:google-auth-library-oauth2-http");
        bare.create(settings(new Secret("vertex-key"), Map.of(), null)).close();
        bare.create(ProviderSettings.of(Attempts.PROVIDER, GoogleTransportFactory.GEMINI, null, null))
                .close();
    }

    /** Sees our classes, but not Google's. */
    private static final class WithoutLibrary extends ClassLoader {
        private static final String OURS = GoogleTransportFactory.class.getPackageName() + ".";

        WithoutLibrary() {
            super(WithoutLibrary.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.google.auth.")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : name.startsWith(OURS) ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
