package dev.tierway.adapter.providers.anthropic;

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
 * Transports of the kind {@code anthropic}. Shares the Vert.x instance with whoever made it and never closes it. A base
 * URL may end in {@code /v1} or before it.
 */
public final class AnthropicTransportFactory implements TransportFactory {
    public static final String ANTHROPIC = "anthropic";
    public static final URI BASE_URL = URI.create("https://api.anthropic.com");

    private static final String KEY_HEADER = "x-api-key";

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public AnthropicTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    /** @param clock what dates in headers are compared with */
    public AnthropicTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public ProviderTransport create(ProviderSettings settings) {
        URI baseUrl = settings.baseUrl() == null ? BASE_URL : settings.baseUrl();
        return new HttpTransport(
                vertx,
                clock,
                limits,
                settings,
                new Endpoint(baseUrl, settings.headers()),
                authorizer(settings),
                new AnthropicApi(settings, path(baseUrl), limits, clock));
    }

    private static String path(URI baseUrl) {
        String base = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        return base.replaceAll("/+$", "").endsWith("/v1") ? "messages" : "v1/messages";
    }

    private static Authorizer authorizer(ProviderSettings settings) {
        Secret key = settings.apiKey();
        if (key == null) {
            return Authorizer.NONE;
        }
        if (settings.headers().keySet().stream().anyMatch(KEY_HEADER::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "provider '" + settings.id() + "' has an api-key and an x-api-key header: keep one of them");
        }
        return Authorizer.header(KEY_HEADER, key.reveal());
    }
}
