package dev.tierway.adapter.providers.bedrock;

import dev.tierway.adapter.providers.AwsSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.adapter.providers.wire.CredentialCache.Lease;
import java.time.Instant;
import java.util.concurrent.Callable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Where the AWS SDK gets an account's credentials from. Blocks: files are read and services asked. */
final class AwsCredentials implements Callable<Lease<AwsCredentialsIdentity>> {
    private final AwsCredentialsProvider provider;
    private final String where;

    AwsCredentials(AwsSettings aws) {
        Secret accessKey = aws.accessKey();
        Secret secretKey = aws.secretKey();
        Secret token = aws.sessionToken();
        String profile = aws.profile();
        if (accessKey != null && secretKey != null) {
            where = "the configuration";
            provider = StaticCredentialsProvider.create(
                    token == null
                            ? AwsBasicCredentials.create(accessKey.reveal(), secretKey.reveal())
                            : AwsSessionCredentials.create(accessKey.reveal(), secretKey.reveal(), token.reveal()));
        } else if (profile != null) {
            where = "the AWS profile '" + profile + "'";
            provider = ProfileCredentialsProvider.create(profile);
        } else {
            where = "any place where the AWS SDK looks (environment, profile, container, instance)";
            provider = DefaultCredentialsProvider.builder().build();
        }
    }

    @Override
    public Lease<AwsCredentialsIdentity> call() {
        try {
            AwsCredentialsIdentity identity = provider.resolveCredentials();
            Long end = identity.expirationTime().map(Instant::toEpochMilli).orElse(null);
            return new Lease<>(identity, end);
        } catch (SdkException | IllegalStateException | IllegalArgumentException refused) {
            // The SDK's own words name every place and what was wrong there, at length; some repeat parts of files.
            throw new IllegalStateException("no AWS credentials in " + where
                    + ": set aws.access-key and aws.secret-key, a profile that exists, or a role");
        }
    }
}
