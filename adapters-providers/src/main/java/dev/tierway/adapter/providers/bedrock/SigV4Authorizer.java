package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.CredentialCache;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Signs requests with AWS Signature Version 4, by the AWS SDK's own signer. */
final class SigV4Authorizer implements Authorizer {
    private static final String SERVICE = "bedrock";
    /** Hashing more than that takes longer than an event loop should be held. */
    private static final int LARGE = 256 << 10;

    private final Vertx vertx;
    private final WallClock clock;
    private final String region;
    private final CredentialCache<AwsCredentialsIdentity> credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    SigV4Authorizer(Vertx vertx, WallClock clock, AwsSettings aws) {
        this.vertx = vertx;
        this.clock = clock;
        this.region = aws.region();
        this.credentials = new CredentialCache<>(vertx, clock, new AwsCredentials(aws));
    }

    @Override
    public Future<Void> authorize(RequestOptions request, byte[] body) {
        Future<AwsCredentialsIdentity> identity = credentials.get();
        if (identity.succeeded() && body.length <= LARGE) {
            sign(request, body, identity.result());
            return Future.succeededFuture();
        }
        return identity.compose(known -> body.length <= LARGE
                ? Future.succeededFuture(known).map(mine -> sign(request, body, mine))
                : vertx.executeBlocking(() -> sign(request, body, known), false));
    }

    @SuppressWarnings("NullAway") // Void has no other value
    private Void sign(RequestOptions request, byte[] body, AwsCredentialsIdentity identity) {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.getMethod().name()))
                .protocol(Boolean.TRUE.equals(request.isSsl()) ? "https" : "http")
                .host(request.getHost())
                .port(request.getPort())
                .encodedPath(request.getURI())
                .build();
        SignedRequest signed = signer.sign(sign -> sign.identity(identity)
                .request(plain)
                .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, new SigningClock(clock)));
        signed.request().forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("authorization") || lower.startsWith("x-amz-")) {
                request.putHeader(lower, values.getFirst());
            }
        });
        return null;
    }

    /** Our clock in the form the signer takes. */
    private static final class SigningClock extends Clock {
        private final WallClock clock;

        SigningClock(WallClock clock) {
            this.clock = clock;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(clock.epochMillis());
        }
    }
}
