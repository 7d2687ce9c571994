package dev.tierway.adapter.providers.anthropic;

import dev.tierway.adapter.providers.ProbeSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.adapter.providers.wire.ModelsProbe;
import dev.tierway.adapter.providers.wire.VendorGets;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplicaProbe;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;

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
        return new HttpTransport(
                vertx,
                clock,
                limits,
                settings,
                new Endpoint(baseUrl(settings), settings.headers()),
                authorizer(settings),
                new AnthropicApi(settings, under(baseUrl(settings), "messages"), limits, clock));
    }

    @Override
    public Optional<ReplicaProbe> probe(ProviderSettings settings, ProbeSettings probe) {
        URI baseUrl = baseUrl(settings);
        Authorizer key = authorizer(settings);
        VendorGets gets = new VendorGets(
                new Endpoint(baseUrl, settings.headers()),
                (request, body) -> {
                    AnthropicApi.version(settings).forEach(request::putHeader);
                    return key.authorize(request, body);
                },
                settings.connection());
        return Optional.of(new ModelsProbe(vertx, limits, gets, under(baseUrl, "models?limit=1000"), probe));
    }

    private static URI baseUrl(ProviderSettings settings) {
        return settings.baseUrl() == null ? BASE_URL : settings.baseUrl();
    }

    private static String under(URI baseUrl, String path) {
        String base = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
        return base.replaceAll("/+$", "").endsWith("/v1") ? path : "v1/" + path;
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
