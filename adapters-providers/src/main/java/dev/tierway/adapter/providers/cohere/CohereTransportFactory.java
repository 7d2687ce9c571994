package dev.tierway.adapter.providers.cohere;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.net.URI;

/** Transports of kind {@code cohere}. Shares the Vert.x instance with whoever made it and never closes it. */
public final class CohereTransportFactory implements TransportFactory {
    public static final String COHERE = "cohere";
    public static final URI BASE_URL = URI.create("https://api.cohere.com");

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public CohereTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    /** @param clock what dates in headers are compared with */
    public CohereTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
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
                new CohereApi(settings, limits, clock));
    }

    /** Without the version, which people write or don't. */
    static URI server(ProviderSettings settings) {
        URI url = settings.baseUrl();
        return url == null ? BASE_URL : URI.create(url.toString().replaceFirst("(/v[12])?/*$", ""));
    }
}
