package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.TransportFactory;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.HttpTransport;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.net.URI;

/**
 * Transports of the kind {@code bedrock}. Needs parts of the AWS SDK that the light artifact leaves to who wants them:
 * {@code software.amazon.eventstream:eventstream}, and without an api-key {@code software.amazon.awssdk:auth} and {@code
 * http-auth-aws}.
 */
public final class BedrockTransportFactory implements TransportFactory {
    public static final String BEDROCK = "bedrock";

    private final Vertx vertx;
    private final WallClock clock;
    private final TransportLimits limits;

    public BedrockTransportFactory(Vertx vertx) {
        this(vertx, System::currentTimeMillis, TransportLimits.DEFAULTS);
    }

    public BedrockTransportFactory(Vertx vertx, WallClock clock, TransportLimits limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
    }

    /** Where a region's models are called. */
    public static URI baseUrl(AwsSettings aws) {
        String suffix = aws.region().startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return URI.create("https://bedrock-runtime." + aws.region() + suffix);
    }

    @Override
    public ProviderTransport create(ProviderSettings settings) {
        AwsSettings aws = settings.aws();
        if (aws == null) {
            throw new IllegalArgumentException("provider '" + settings.id() + "' of kind '" + BEDROCK
                    + "' needs a region, e.g. aws: { region: us-east-1 }");
        }
        requireParts(settings);
        URI url = settings.baseUrl() == null ? baseUrl(aws) : settings.baseUrl();
        return new HttpTransport(
                vertx,
                clock,
                limits,
                settings,
                new Endpoint(url, settings.headers()),
                authorizer(settings, aws),
                new ConverseApi(limits, clock, new ErrorClassifier(settings.redactor())));
    }

    private Authorizer authorizer(ProviderSettings settings, AwsSettings aws) {
        Secret key = settings.apiKey();
        return key == null
                ? new SigV4Authorizer(vertx, clock, aws)
                : Authorizer.header("authorization", "Bearer " + key.reveal());
    }

    private static void requireParts(ProviderSettings settings) {
        require(settings, "software.amazon.eventstream.Message", "software.amazon.eventstream:eventstream");
        if (settings.apiKey() == null) {
            require(
                    settings,
                    "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider",
                    "software.amazon.awssdk:auth");
            require(
                    settings,
                    "software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner",
                    "software.amazon.awssdk:http-auth-aws");
        }
    }

    private static void require(ProviderSettings settings, String type, String artifact) {
        try {
            Class.forName(type, false, BedrockTransportFactory.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException(
                    "provider '" + settings.id() + "' of kind '" + BEDROCK + "' needs " + artifact
                            + " on the class path: add that dependency",
                    missing);
        }
    }
}
