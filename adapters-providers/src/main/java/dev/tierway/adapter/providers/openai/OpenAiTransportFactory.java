package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.adapter.providers.ProbeSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.UsageProbeSettings;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.adapter.providers.wire.ModelsProbe;
import dev.tierway.adapter.providers.wire.VendorGets;
import dev.tierway.application.port.out.AccountProbe;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.ReplicaProbe;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;

/**
 * Transports of the kinds {@code openai} and {@code openai-compatible}, and of all presets. Shares the Vert.x instance with whoever made it
 * and never closes it.
 */
public final class OpenAiTransportFactory implements TransportFactory {
    public static final String OPENAI = "openai";
    public static final String OPENAI_COMPATIBLE = "openai-compatible";
    public static final URI OPENAI_BASE_URL = URI.create("https://api.openai.com/v1");

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public OpenAiTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    /** @param clock what dates in headers are compared with */
    public OpenAiTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
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
                endpoint(settings),
                authorizer(settings),
                new OpenAiApi(settings, OpenAiDialect.of(settings.kind()), limits, clock));
    }

    @Override
    public Optional<ReplicaProbe> probe(ProviderSettings settings, ProbeSettings probe) {
        return Optional.of(new ModelsProbe(vertx, limits, gets(settings), "models", probe));
    }

    @Override
    public Optional<AccountProbe> account(ProviderSettings settings, UsageProbeSettings probe) {
        URI baseUrl = settings.baseUrl();
        Vendor vendor = probe.vendor() == null ? Vendor.at(baseUrl) : probe.vendor();
        boolean china = baseUrl != null && String.valueOf(baseUrl.getHost()).endsWith(".cn");
        return AccountEndpoint.of(vendor)
                .map(endpoint ->
                        new OpenAiAccountProbe(vertx, limits, gets(settings), endpoint, china, probe.timeout()));
    }

    private static VendorGets gets(ProviderSettings settings) {
        return new VendorGets(endpoint(settings), authorizer(settings), settings.connection());
    }

    private static Authorizer authorizer(ProviderSettings settings) {
        Secret key = settings.apiKey();
        return key == null ? Authorizer.NONE : Authorizer.header("authorization", "Bearer " + key.reveal());
    }

    private static Endpoint endpoint(ProviderSettings settings) {
        Preset preset = Presets.find(settings.kind());
        URI baseUrl = settings.baseUrl() == null && preset != null ? preset.baseUrl() : settings.baseUrl();
        if (baseUrl == null) {
            if (!settings.kind().equals(OPENAI)) {
                throw new IllegalArgumentException("provider '" + settings.id() + "' of kind '" + settings.kind()
                        + "' needs a base-url, e.g. http://localhost:8000/v1");
            }
            baseUrl = OPENAI_BASE_URL;
        }
        return new Endpoint(baseUrl, settings.headers());
    }
}
