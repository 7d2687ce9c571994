package dev.tierway.adapter.providers.ollama;

import dev.tierway.adapter.providers.ProbeSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.openai.OpenAiTransportFactory;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplicaProbe;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;

/** Transports of kind {@code ollama}. Shares the Vert.x instance with whoever made it and never closes it. */
public final class OllamaTransportFactory implements TransportFactory {
    public static final String OLLAMA = "ollama";
    /** By its number: some machines resolve {@code localhost} to an address Ollama doesn't listen on. */
    public static final URI BASE_URL = URI.create("http://127.0.0.1:11434");

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public OllamaTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    /** @param clock what dates in headers are compared with */
    public OllamaTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public ProviderTransport create(ProviderSettings settings) {
        Secret key = settings.apiKey();
        return new HttpTransport(
                vertx,
                clock,
                limits,
                settings,
                new Endpoint(server(settings), settings.headers()),
                key == null ? Authorizer.NONE : Authorizer.header("authorization", "Bearer " + key.reveal()),
                new OllamaApi(settings, limits, clock));
    }

    /** It lists its models as OpenAI does, too. */
    @Override
    public Optional<ReplicaProbe> probe(ProviderSettings settings, ProbeSettings probe) {
        ProviderSettings compatible = new ProviderSettings(
                settings.id(),
                OpenAiTransportFactory.OPENAI_COMPATIBLE,
                URI.create(server(settings) + "/v1"),
                settings.apiKey(),
                settings.headers(),
                settings.reportsUsage(),
                settings.maxConnections(),
                settings.connection());
        return new OpenAiTransportFactory(vertx, clock, limits).probe(compatible, probe);
    }

    /** Without the path of an API: people write either of the two that Ollama has. */
    static URI server(ProviderSettings settings) {
        URI url = settings.baseUrl();
        return url == null ? BASE_URL : URI.create(url.toString().replaceFirst("(/(api|v1))?/*$", ""));
    }
}
