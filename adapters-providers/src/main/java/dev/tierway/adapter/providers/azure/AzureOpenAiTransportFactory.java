package dev.tierway.adapter.providers.azure;

import dev.tierway.adapter.providers.AzureSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.openai.OpenAiApi;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.net.URI;

/**
 * Transports of the kind {@code azure-openai}. Without an api-key it needs {@code com.microsoft.azure:msal4j}, which the
 * light artifact leaves to who wants it.
 */
public final class AzureOpenAiTransportFactory implements TransportFactory {
    public static final String AZURE_OPENAI = "azure-openai";

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public AzureOpenAiTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    public AzureOpenAiTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public ProviderTransport create(ProviderSettings settings) {
        URI url = settings.baseUrl();
        if (url == null) {
            throw new IllegalArgumentException("provider '" + settings.id() + "' of kind '" + AZURE_OPENAI
                    + "' needs a base-url, e.g. https://my-resource.openai.azure.com");
        }
        DeploymentPath path = new DeploymentPath(settings.azure().apiVersion());
        return new HttpTransport(
                vertx,
                clock,
                limits,
                settings,
                new Endpoint(DeploymentPath.resource(url), settings.headers()),
                authorizer(settings),
                OpenAiApi.at(settings, limits, clock, Vendor.AZURE_OPENAI, path::of));
    }

    private Authorizer authorizer(ProviderSettings settings) {
        Secret key = settings.apiKey();
        AzureSettings azure = settings.azure();
        if (key != null && azure.usesTokens()) {
            throw new IllegalArgumentException("provider '" + settings.id()
                    + "' has an api-key and an identity of Microsoft Entra: keep one of them");
        }
        if (key != null) {
            return Authorizer.header("api-key", key.reveal());
        }
        if (!azure.usesTokens()) {
            return Authorizer.NONE;
        }
        requireLibrary(settings);
        return new EntraAuthorizer(vertx, clock, new EntraTokens(azure, null));
    }

    private static void requireLibrary(ProviderSettings settings) {
        try {
            Class.forName(
                    "com.microsoft.aad.msal4j.ConfidentialClientApplication",
                    false,
                    AzureOpenAiTransportFactory.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException(
                    "provider '" + settings.id() + "' needs com.microsoft.azure:msal4j on the class path for tokens of"
                            + " Microsoft Entra: add that dependency, or use an api-key",
                    missing);
        }
    }
}
