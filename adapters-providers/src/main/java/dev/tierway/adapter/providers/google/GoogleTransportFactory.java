package dev.tierway.adapter.providers.google;

import dev.tierway.adapter.providers.GoogleSettings;
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

/**
 * Transports of the kinds {@code gemini} and {@code vertex}. Shares the Vert.x instance with whoever made it and never
 * closes it.
 */
public final class GoogleTransportFactory implements TransportFactory {
    public static final String GEMINI = "gemini";
    public static final String VERTEX = "vertex";

    private static final String KEY_HEADER = "x-goog-api-key";

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public GoogleTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    /** @param clock what dates in headers, and the ends of tokens, are compared with */
    public GoogleTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
    }

    /** Where a provider of these kinds is called, with the version. */
    public static URI baseUrl(ProviderSettings settings) {
        return GoogleDoors.baseUrl(settings);
    }

    @Override
    public ProviderTransport create(ProviderSettings settings) {
        return new HttpTransport(
                vertx,
                clock,
                limits,
                settings,
                new Endpoint(GoogleDoors.baseUrl(settings), settings.headers()),
                authorizer(settings),
                new GeminiApi(settings, limits, clock));
    }

    private Authorizer authorizer(ProviderSettings settings) {
        GoogleSettings cloud = settings.google();
        Secret key = settings.apiKey();
        if (settings.kind().equals(VERTEX) && cloud == null) {
            throw new IllegalArgumentException("provider '" + settings.id()
                    + "' of kind 'vertex' needs a project: add google: { project: my-project, location: global }");
        }
        if (key != null) {
            return Authorizer.header(KEY_HEADER, key.reveal());
        }
        boolean given = settings.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase);
        return cloud == null || given ? Authorizer.NONE : GoogleAuthorizer.of(vertx, clock, settings.id(), cloud);
    }
}
